//! Files with one fault each. Their good rows belong to nobody and are worth little.

use std::{
    error::Error,
    io::{Cursor, Write as _},
};

use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use super::Files;

const DEALS: &str = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Is Closed Won\n";
const ENGAGERS: &str = "profileUrl,fullName,title,reactionType,postUrl,timestamp\n";

/// Adds the faulty files.
pub(crate) fn write(files: &mut Files) -> Result<(), Box<dyn Error>> {
    let mut add = |name: &str, bytes: Vec<u8>| {
        files.insert(format!("broken/{name}"), bytes);
    };
    let deals = |rows: &str| (DEALS.to_owned() + rows).into_bytes();
    add(
        "two-dates.csv",
        deals(
            "900001,Spare A,Open,300.00,AUD,2025-03-04 10:00,2025-02-04 10:00,false\n\
             900002,Spare B,Open,310.00,AUD,2025-31-04 10:00,2025-02-30 10:00,false\n",
        ),
    );
    add(
        "cut-in-half.csv",
        deals(
            "900011,Spare C,Open,300.00,AUD,2025-03-04 10:00,2025-02-04 10:00,false\n\
             900012,\"Spare D, the one whose line",
        ),
    );
    add(
        "amounts.csv",
        deals(
            "900021,Spare E,Open,three hundred,AUD,2025-03-04 10:00,2025-02-04 10:00,false\n\
             900022,Spare F,Open,1.2.3,AUD,2025-03-04 10:00,2025-02-04 10:00,false\n\
             900023,Spare G,Open,320.00,AUD,2025-03-04 10:00,2025-02-04 10:00,false\n",
        ),
    );
    add(
        "ragged.csv",
        deals(
            "900031,Spare H,Open\n900032,Spare I,Open,330.00,AUD,2025-03-04 10:00,2025-02-04 \
             10:00,false,too,many,cells\n",
        ),
    );
    add(
        "nul-bytes.csv",
        deals(
            "900041,Spare\x00 J,Open,3\x000\x000.00,AUD,2025-03-04 10:00,2025-02-04 10:00,false\n",
        ),
    );
    let mut latin = deals("900051,Caf");
    latin.push(0xE9);
    latin.extend(b" K,Open,340.00,AUD,2025-03-04 10:00,2025-02-04 10:00,false\n");
    add("latin1.csv", latin);
    add(
        "ids-through-excel.csv",
        format!(
            "{ENGAGERS}https://www.linkedin.com/in/spare-reader-1,Spare Reader,Nobody,LIKE,\
             https://www.linkedin.com/feed/update/urn:li:activity:7.15E+18,2026-01-04T10:00:00.000Z\n"
        )
        .into_bytes(),
    );
    add(
        "no-post-urls.csv",
        b"profileLink,firstName,lastName,fullName,occupation,degree\n\
          https://www.linkedin.com/in/spare-reader-2,Spare,Reader,Spare Reader,Nobody,2nd\n"
            .to_vec(),
    );
    add("empty.csv", Vec::new());
    add("unknown-table.csv", b"ferry,pier,minutes late\nHeron,3,4\n".to_vec());
    add(
        "not-a-table.csv",
        b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n<body>Please sign in \
          to download your file.</body></html>\n"
            .to_vec(),
    );
    let mut half = zipped()?;
    half.truncate(half.len() / 2);
    add("half.zip", half);
    Ok(())
}

/// An archive with one file.
fn zipped() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::from_date_and_time(2026, 1, 5, 9, 0, 0)?);
    writer.start_file("Shares.csv", options)?;
    writer
        .write_all(b"Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n")?;
    Ok(writer.finish()?.into_inner())
}
