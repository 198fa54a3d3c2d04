"""`attribute`: what an import read becomes touches, journeys, credits and scorecards.

Joins, grouping and sums are Spark's; what a person, a deal, a journey or a post comes to is
said by the library, a group at a time. The driver resolves persons, posts, leads and deals
from what is left once repetitions are gone, learns what models learn from counted paths, and
compares posts.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

import pyarrow as pa
from pyarrow import fs
from pyspark import Broadcast
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.window import Window

from . import __version__, importing, library, places, tables
from .given import Given, configuration, judged

MANIFEST = "attribution.json"

# All that a file tells to know a person by.
CONTENT = ("profile", "linkedin_member_id", "email", "full_name", "company")
ENGAGEMENTS = {
    "place": "long",
    "identity_id": "long",
    "post_name_id": "long",
    "kind": "long",
    "happened_ms": "long",
    "listed_ms": "long",
}
# What the library makes of identities.
KEYS = {
    "identity_id": "long",
    "alike": "string",
    "name_key": "string",
    "profile": "string",
}
CONNECTIONS = {"person": "long", "member": "long", "connected_at": "double"}
# As the library goes through persons.
PERSONS = {
    "person": "long",
    "lead": "long",
    "post": "long",
    "kind": "long",
    "touched_ms": "long",
    "listed_ms": "long",
    "place": "long",
    "evidence": "string",
}
DEAL_TOUCHES = {
    "deal": "long",
    "lead": "long",
    "post": "long",
    "kind": "long",
    "touched_ms": "long",
    "place": "long",
}
# Facts that nothing is made of, or that executors hand to the driver reduced.
NOT_FOR_THE_DRIVER = (
    "rejections",
    "notes",
    "given_reactions",
    "invitations",
    "identities",
    "engagements",
)
# Tables of results that executors write; the driver writes the others.
OF_EXECUTORS = ("touches", "lead_shares", "deal_parts")


# What all executors need to know, under a name of its own.
Shared = tuple[str, Broadcast]


@dataclass
class Manifest:
    """What an attribution wrote, as the one file says that makes it count."""

    version: str
    attempt: str
    # The import that it was made of.
    imported: str
    given: dict
    files: list[dict] = field(default_factory=list)


def run(
    spark: SparkSession,
    data: str,
    options: dict[str, str],
    partitions: int,
    say=None,
    config: str | None = None,
) -> Manifest:
    """Attributes what was imported into the folder at a URL, with the options and the
    configuration at a path or URL."""
    given = judged(options, configuration(config))
    return attributed(spark, data, given, partitions, say)


def attributed(
    spark: SparkSession, data: str, given: Given, partitions: int, say=None
) -> Manifest:
    """Attributes as was given, which the library has judged."""
    data = places.absolute(data)
    imported = importing.load(data)
    attempt = uuid.uuid4().hex
    steps = _Steps(spark, data, imported, given, partitions, attempt, say or _say)
    with _settings(spark, partitions), tempfile.TemporaryDirectory() as folder:
        try:
            files = steps.all(f"{folder}/facts.db")
        except BaseException:
            steps.clear(())
            raise
    manifest = Manifest(__version__, attempt, imported.attempt, asdict(given), files)
    before = tables.published(data, MANIFEST)
    tables.publish(data, MANIFEST, asdict(manifest))
    steps.clear(files)
    if before is not None:
        _delete(data, f"attribution-{before['attempt']}")
    return manifest


def of_import(data: str, imported: importing.Manifest) -> Manifest | None:
    """The attribution of an import; none where there is none."""
    found = tables.published(data, MANIFEST)
    if found is None:
        return None
    if found.get("version") != __version__:
        raise RuntimeError(
            f"{data}: it was attributed by touchstone-cluster {found.get('version')}, this "
            f"is {__version__}; attribute again with this release"
        )
    manifest = Manifest(**found)
    if manifest.imported != imported.attempt:
        raise RuntimeError(
            f"{data}: it was imported anew after it was attributed; attribute again"
        )
    return manifest


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _delete(data: str, folder: str) -> None:
    store, path = places.filesystem(data)
    with contextlib.suppress(FileNotFoundError):
        store.delete_dir(f"{path}/{folder}")


@contextlib.contextmanager
def _settings(spark: SparkSession, partitions: int) -> Iterator[None]:
    """The session's settings while this runs; a notebook's own come back."""
    wanted = {
        "spark.sql.shuffle.partitions": str(partitions),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
    }
    before = {name: spark.conf.get(name, None) for name in wanted}
    for name, value in wanted.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                spark.conf.unset(name)
            else:
                spark.conf.set(name, value)


class _Steps:
    """The steps of one attribution, and the files that they leave."""

    def __init__(self, spark, data, imported, given, partitions, attempt, say) -> None:
        self.spark: SparkSession = spark
        self.data: str = data
        self.imported: importing.Manifest = imported
        self.given: Given = given
        self.partitions: int = partitions
        self.name = f"attribution-{attempt}"
        self.folder = places.below(data, self.name)
        self.say = say
        self.caches: list[DataFrame] = []

    def all(self, database: str) -> list[dict]:
        """Every step; the files of the results."""
        known_by = self.known_by()
        firsts = self.firsts(known_by)
        driver = self.resolve(self.kept(known_by, firsts), database)
        self.hand_to(driver, self.connections(driver))
        frame = self.shared(driver.frame())
        made = self.persons(driver, firsts, frame)
        for cached in self.caches:
            cached.unpersist()
        made += self.deals(frame, made)
        self.hand_to(driver, made)
        # Now with what was learned of paths.
        frame = self.shared(driver.frame())
        of_journeys = self.journeys(frame, made)
        made += of_journeys
        self.hand_to(driver, of_journeys)
        self.hand_to(driver, self.posts(frame, made))
        results = self.finish(driver)
        return [file for file in made if file["table"] in OF_EXECUTORS] + results

    def facts(self, table: str, columns: dict[str, str]) -> DataFrame:
        return tables.frame(self.spark, self.data, self.imported.files, table, columns)

    def identities(self) -> DataFrame:
        columns = {"identity_id": "long"} | dict.fromkeys(CONTENT, "string")
        return self.facts("identities", columns)

    def known_by(self) -> DataFrame:
        """What tells which identities the driver must know, by identity."""
        schema = pa.schema([(name, tables.TYPES[kind]) for name, kind in KEYS.items()])
        declared = ", ".join(f"{name} {kind}" for name, kind in KEYS.items())

        def keys(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for part in parts:
                yield library.identity_keys(part).cast(schema)

        known_by = self.identities().mapInArrow(keys, declared)
        contacts = self.facts("contacts", {"identity_id": "long"}).distinct()
        contacts = contacts.withColumn("is_contact", F.lit(True))
        return self.cached(known_by.join(contacts, "identity_id", "left"))

    def cached(self, frame: DataFrame) -> DataFrame:
        self.caches.append(frame.persist())
        return self.caches[-1]

    def firsts(self, known_by: DataFrame) -> DataFrame:
        """Each identity with the first one that is alike; a contact's with itself."""
        alike = Window.partitionBy("alike", "is_contact")
        first = F.when(F.col("is_contact"), F.col("identity_id"))
        first = first.otherwise(F.min("identity_id").over(alike))
        return self.cached(known_by.select("identity_id", first.alias("first")))

    def kept(self, known_by: DataFrame, firsts: DataFrame) -> DataFrame:
        """The identities that the driver must know."""
        named = known_by.where("name_key is not null")
        listed = named.where("is_contact is null")
        shared = listed.groupBy("name_key").agg(
            F.min("profile").alias("one"),
            F.max("profile").alias("other"),
            F.count_if(F.col("profile").isNull()).alias("without"),
        )
        shared = shared.where("one < other or 0 < without")
        of_contacts = named.where("is_contact").join(shared, "name_key", "left_semi")
        namesakes = listed.join(of_contacts, "name_key", "left_semi")
        ids = {"identity_id": "long"}
        senders = self.facts("messages", {"sender_id": "long"})
        parts = [
            firsts.where("identity_id = first").select("identity_id"),
            namesakes.select("identity_id"),
            self.facts("connections", ids),
            senders.withColumnRenamed("sender_id", "identity_id"),
            self.facts("message_recipients", ids),
        ]
        kept = parts[0]
        for part in parts[1:]:
            kept = kept.union(part)
        return self.identities().join(kept, "identity_id", "left_semi")

    def resolve(self, kept: DataFrame, database: str) -> library.Attributing:
        """Persons, posts, leads and deals, by the driver."""
        engagements = self.facts("engagements", ENGAGEMENTS)
        others = [name for name in ENGAGEMENTS if name != "post_name_id"]
        one = F.min(F.struct(*others)).alias("one")
        one_a_post = engagements.groupBy("post_name_id").agg(one)
        reduced = self.write(kept, "identities")
        reduced += self.write(one_a_post.select("post_name_id", "one.*"), "engagements")
        whole = [
            file
            for file in self.imported.files
            if file["table"] not in NOT_FOR_THE_DRIVER
        ]
        plan = json.dumps(self.imported.plan)
        rows = tables.batches(self.data, whole + reduced)
        driver = library.Attributing(database, plan, self.given, rows)
        self.say(
            f"executors: {self.count('identities')} identities and "
            f"{self.count('engagements')} engagements reduced to {_rows(reduced)} rows"
        )
        counts = ", ".join(f"{count} {name}" for name, count in driver.counts())
        self.say(f"driver: {counts}")
        return driver

    def connections(self, driver: library.Attributing) -> list[dict]:
        """What the incremental model is fitted to, of the persons of one part at a time."""
        handed = self.driver_writes(("connections", driver.connections()))
        connected = tables.frame(
            self.spark, self.data, handed, "connections", CONNECTIONS
        )
        sums = self.through("connections", connected, ["person"], self.shared(driver.study()))
        self.say(
            f"executors: {_rows(handed)} dated connections become {_rows(sums)} sums, "
            f"{_rows(sums, 'risk_leads')} of them connections of leads"
        )
        return sums

    def persons(
        self, driver: library.Attributing, firsts: DataFrame, frame: Shared
    ) -> list[dict]:
        """Touches and leads' journeys, a person at a time."""
        handed = self.driver_writes(
            ("persons", driver.persons()),
            ("posts", driver.posts()),
            ("other_touches", driver.other_touches()),
        )
        of_identity = {"identity_id": "long", "person": "long"}
        persons = tables.frame(self.spark, self.data, handed, "persons", of_identity)
        of_name = {"post_name_id": "long", "post": "long"}
        posts = tables.frame(self.spark, self.data, handed, "posts", of_name)
        others = tables.frame(self.spark, self.data, handed, "other_touches", PERSONS)
        persons = firsts.join(
            persons.withColumnRenamed("identity_id", "first"), "first"
        ).select("identity_id", "person")
        engagements = self.facts("engagements", ENGAGEMENTS)
        engaged = engagements.join(persons, "identity_id").join(posts, "post_name_id")
        engaged = engaged.select(
            "person",
            F.lit(None).cast("long").alias("lead"),
            "post",
            "kind",
            F.col("happened_ms").alias("touched_ms"),
            "listed_ms",
            "place",
            F.lit(None).cast("string").alias("evidence"),
        )
        made = self.through(
            "persons",
            engaged.unionByName(others),
            ["person", "post", "kind"],
            frame,
        )
        self.say(
            f"executors: {_rows(made, 'touches')} touches of {_rows(made, 'traces')} leads, "
            f"by person in {self.partitions} parts"
        )
        return made

    def deals(self, frame: Shared, made: list[dict]) -> list[dict]:
        """Deals' journeys, a deal at a time."""
        touches = tables.frame(self.spark, self.data, made, "deal_touches", DEAL_TOUCHES)
        of_deals = self.through("deals", touches, ["deal"], frame)
        self.say(
            f"executors: journeys of {_rows(of_deals, 'deals_with_journey')} deals, by deal"
        )
        return of_deals

    def journeys(self, frame: Shared, made: list[dict]) -> list[dict]:
        """Credits, a journey at a time, where the journeys were written."""
        through = self.way("journeys", frame)
        credits = tables.written_of_files(
            self.spark, self.data, made, "journeys", self.folder, through
        )
        self.say(
            f"driver: learned from {_rows(made, 'paths')} counted paths; executors: "
            f"{_rows(credits) - _rows(credits, 'evidence_sums')} rows of credits, by journey"
        )
        return credits

    def posts(self, frame: Shared, made: list[dict]) -> list[dict]:
        """Sums of credits, a post at a time, in the order of leads and deals."""
        models = range(1, library.credited_models(self.given) + 1)
        shares = {f"share_{model}": "double" for model in models}
        parts = {f"minor_{model}": "long" for model in models}
        sums = []
        for table, owner, columns in (
            ("lead_shares", "lead_id", shares),
            ("deal_parts", "deal_id", parts),
        ):
            columns = {owner: "long", "post_id": "long"} | columns
            credits = tables.frame(self.spark, self.data, made, table, columns)
            credits = credits.where("post_id is not null")
            sums += self.through("posts", credits, ["post_id", owner], frame)
        self.say(f"executors: {_rows(sums)} sums of credits, by post and model")
        return sums

    def finish(self, driver: library.Attributing) -> list[dict]:
        """The tables that the driver makes of what executors made."""
        with tables.Writer(self.folder) as writer:
            driver.finish(writer.write)
            results = writer.close()
        self.say(
            f"driver: the incremental model fitted; {_rows(results)} rows of scorecards, "
            "findings and what they rest on"
        )
        return results

    def through(
        self, what: str, frame: DataFrame, keys: list[str], known: Shared
    ) -> list[dict]:
        """Brings the rows of one key together, and gives them to the library."""
        together = frame.repartition(self.partitions, keys[0])
        return tables.written(
            together.sortWithinPartitions(*keys), self.folder, self.way(what, known)
        )

    def shared(self, known: str) -> Shared:
        return uuid.uuid4().hex, self.spark.sparkContext.broadcast(known)

    def way(self, what: str, known: Shared) -> tables.Through:
        given = self.given
        name, broadcast = known

        def go(parts: Iterator[pa.RecordBatch], writer: tables.Writer) -> None:
            library.go_through(what, name, broadcast, given, parts, writer.write)

        return go

    def write(self, frame: DataFrame, table: str) -> list[dict]:
        def write(parts: Iterator[pa.RecordBatch], writer: tables.Writer) -> None:
            for part in parts:
                writer.write(table, part)

        return tables.written(frame, self.folder, write)

    def driver_writes(self, *made: tuple[str, pa.RecordBatch]) -> list[dict]:
        with tables.Writer(self.folder) as writer:
            for table, batch in made:
                writer.write(table, batch)
            return writer.close()

    def hand_to(self, driver: library.Attributing, files: list[dict]) -> None:
        """Gives the driver what it adds up; the large tables stay where they are."""
        large = (*OF_EXECUTORS, "journeys", "deal_touches")
        small = [file for file in files if file["table"] not in large]
        for table, batch in tables.batches(self.data, small):
            driver.add(table, batch)

    def count(self, table: str) -> int:
        return _rows(self.imported.files, table)

    def clear(self, files) -> None:
        """Takes away what this attempt wrote and its results do not need."""
        if not files:
            _delete(self.data, self.name)
            return
        store, path = places.filesystem(self.folder)
        kept = {file["table"] for file in files}
        for info in store.get_file_info(fs.FileSelector(path)):
            if info.base_name not in kept:
                _delete(self.folder, info.base_name)


def _rows(files: list[dict], table: str | None = None) -> int:
    return sum(file["rows"] for file in files if table in (None, file["table"]))
