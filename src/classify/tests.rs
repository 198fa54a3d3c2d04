use super::{training::Labelled, *};

fn rule(theme: &str, words: &[&str], instead_of: Option<&str>) -> Rule {
    Rule {
        theme: theme.into(),
        words: words.iter().map(|word| (*word).into()).collect(),
        instead_of: instead_of.map(Into::into),
    }
}

fn posts(text: &str) -> Vec<Labelled> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|record| {
            let record = record.expect("the file is a CSV");
            Labelled {
                theme: record[1].into(),
                industry: record[3].into(),
                text: record[4].into(),
            }
        })
        .collect()
}

fn training_posts() -> Vec<Labelled> {
    let files = [
        include_str!("../../training/more-posts.csv"),
        include_str!("../../training/posts.csv"),
        include_str!("../../training/varied-posts.csv"),
    ];
    files.into_iter().flat_map(posts).collect()
}

fn check(text: &str, theme: &str) {
    let label = Classifier::new(&[]).classify(text);
    assert_eq!(&*label.theme, theme, "{text}: {label:?}");
    assert!(!label.because.is_empty(), "{text}");
}

#[test]
fn plain_english_posts_have_their_theme() {
    check("Two weeks at the beach with my wife and the kids. Phone off.", "personal");
    check(
        "Today I celebrate nine years at Hollow Oak Lending. Thank you, team!",
        "milestone",
    );
    check("My takeaway from yesterday's seminar: listen twice, talk once.", "learning");
    check(
        "A young couple came to us after two banks said no. We rebuilt the file and last week they got the keys.",
        "client_story",
    );
    check(
        "Rates rose by 0.25% in March, the central bank announced today.",
        "market_update",
    );
    check(
        "Book your free consultation today, link in the comments. Only 5 spots left!",
        "promotion",
    );
    check("Believe in yourself. Every small step counts. Never give up.", "inspiration");
    check("Great article.", "other");
}

#[test]
fn plain_german_posts_have_their_theme() {
    check(
        "Zwei Wochen Urlaub mit meiner Frau und den Kindern an der Ostsee.",
        "personal",
    );
    check(
        "Heute vor zehn Jahren habe ich hier angefangen. Danke an das ganze Team!",
        "milestone",
    );
    check("Beim Seminar gestern gelernt: erst zuhören, dann reden.", "learning");
    check(
        "Die junge Familie kam zu uns, nachdem drei Banken abgesagt hatten. Letzte Woche war Schlüsselübergabe.",
        "client_story",
    );
    check(
        "Die Bauzinsen sind im März um 0,3 Prozent gestiegen, meldet das Bundesamt.",
        "market_update",
    );
    check(
        "Jetzt kostenloses Erstgespräch buchen, nur bis Freitag. Link im Kommentar.",
        "promotion",
    );
    check("Mut ist der erste Schritt. Geh weiter!", "inspiration");
    check("Frohe Weihnachten euch allen!", "other");
}

#[test]
fn plain_spanish_posts_have_their_theme() {
    check("Vacaciones en la playa con mi mujer y mis hijos.", "personal");
    check("Hoy cumplimos diez años. Gracias a todo el equipo.", "milestone");
    check(
        "En el taller de ayer aprendí una lección: escuchar antes de hablar.",
        "learning",
    );
    check(
        "La pareja llegó con tres negativas del banco. Revisamos sus deudas y ayer firmaron su casa.",
        "client_story",
    );
    check(
        "La inflación sube al 3,1 % en marzo, según publica hoy el INE.",
        "market_update",
    );
    check(
        "Reserva tu plaza gratis, solo hasta el viernes. Enlace en comentarios.",
        "promotion",
    );
    check(
        "Cree en ti. El éxito empieza con un pequeño paso. ¡Feliz lunes!",
        "inspiration",
    );
    check("¿Alguien puede recomendarme un buen fontanero?", "other");
}

#[test]
fn plain_portuguese_posts_have_their_theme() {
    check("Férias na praia com minha esposa e os meninos.", "personal");
    check("Hoje completamos dez anos de empresa. Obrigado a toda a equipe!", "milestone");
    check("No treinamento de ontem aprendi uma lição: ouvir antes de falar.", "learning");
    check(
        "O cliente chegou com a obra parada. Trocamos o fornecedor e entregamos a casa; ontem ele mandou uma foto.",
        "client_story",
    );
    check("A inflação subiu 0,4% em março, segundo o IBGE.", "market_update");
    check("Agende sua consulta gratuita até sexta. Clique no link da bio.", "promotion");
    check("Acredite no seu sonho. Nunca desista. Boa semana!", "inspiration");
    check("Feliz Natal a todos!", "other");
}

#[test]
fn plain_french_posts_have_their_theme() {
    check("Vacances à la plage avec ma femme et les enfants.", "personal");
    check(
        "Notre agence fête ses dix ans aujourd'hui. Merci à toute l'équipe !",
        "milestone",
    );
    check(
        "À la formation d'hier, j'ai appris une leçon : écouter avant de parler.",
        "learning",
    );
    check(
        "Cette cliente est venue nous voir après le refus de sa banque. Nous avons repris le dossier, et hier elle a signé.",
        "client_story",
    );
    check(
        "Les taux baissent à 3,1 % en mars, selon la Banque de France.",
        "market_update",
    );
    check(
        "Réservez votre bilan gratuit avant vendredi. Lien en commentaire.",
        "promotion",
    );
    check("Osez croire en vos rêves. Belle semaine !", "inspiration");
    check("Très intéressant.", "other");
}

#[test]
fn a_post_without_text_is_other_and_says_so() {
    for text in ["", "  \n ", "...", "!!!"] {
        let label = Classifier::new(&[]).classify(text);
        assert_eq!((&*label.theme, label.confidence), ("other", 0.0), "{text:?}");
        assert_eq!(label.because, ["the post has no text"]);
    }
}

#[test]
fn a_rule_wins_over_the_model() {
    let rules = [rule("hiring", &["we're hiring", "bewerb*"], None)];
    let classifier = Classifier::new(&rules);
    for text in ["We’re HIRING a nurse, free lunch!", "Jetzt bewerben!"] {
        let label = classifier.classify(text);
        assert_eq!((&*label.theme, label.confidence), ("hiring", 1.0), "{text}");
        assert!(label.because[0].starts_with("the rule for hiring"), "{label:?}");
    }
    let label = classifier.classify("Great article.");
    assert_eq!(&*label.theme, "other");
}

#[test]
fn the_first_rule_that_fits_decides() {
    let rules = [rule("first", &["keys"], None), rule("second", &["the keys"], None)];
    assert_eq!(&*Classifier::new(&rules).classify("They got the keys").theme, "first");
}

#[test]
fn a_rule_finds_links_tags_and_signs() {
    let rules = [rule("events", &["https://fair.example", "#expo", "🎪"], None)];
    let classifier = Classifier::new(&rules);
    for text in ["See https://fair.example/7", "Off to #Expo", "Tonight 🎪"] {
        assert_eq!(&*classifier.classify(text).theme, "events", "{text}");
    }
    assert_ne!(&*classifier.classify("See https://other.example/7").theme, "events");
}

#[test]
fn a_built_in_theme_can_bear_another_name() {
    let rules = [rule("family", &[], Some("personal")), rule("rest", &[], Some("other"))];
    let classifier = Classifier::new(&rules);
    let text = "Two weeks at the beach with my wife and the kids. Phone off.";
    assert_eq!(&*classifier.classify(text).theme, "family");
    assert_eq!(&*classifier.classify("").theme, "rest");
}

#[test]
fn what_lies_under_the_threshold_is_other() {
    let classifier = Classifier::new(&[]).with_threshold(1.1);
    let label = classifier.classify("My takeaway from the seminar: listen.");
    assert_eq!(&*label.theme, "other");
    assert!(label.because[0].starts_with("learning is likeliest"), "{label:?}");
}

#[test]
fn the_same_text_has_the_same_label() {
    let (one, two) = (Classifier::new(&[]), Classifier::new(&[]));
    for post in training_posts().iter().take(60) {
        assert_eq!(one.classify(&post.text), two.classify(&post.text));
    }
}

#[test]
fn the_reasons_name_the_words() {
    let label =
        Classifier::new(&[]).classify("My takeaway from yesterday's seminar: listen.");
    assert!(label.because.iter().any(|reason| reason.contains("seminar")), "{label:?}");
}

#[test]
fn any_text_can_be_classified() {
    let classifier = Classifier::new(&[]);
    for text in [
        "\u{0}\u{ffff}",
        "#",
        "@",
        "$",
        "1.",
        "{hashtag|\\#|",
        "ﷺ ẞ İ",
        "€",
        "20 % %",
        "12é",
    ] {
        let label = classifier.classify(text);
        assert!(label.confidence.is_finite(), "{text:?}");
    }
}

#[test]
fn unseen_industries_are_mostly_told_right() {
    let classifier = Classifier::new(&[]);
    let unseen = posts(include_str!("../../tests/data/themes/unseen.csv"));
    let right = unseen
        .iter()
        .filter(|post| classifier.classify(&post.text).theme == post.theme)
        .count();
    assert!(unseen.len() * 3 <= right * 4, "{right} of {}", unseen.len());
}

#[test]
fn the_model_file_is_small_and_of_these_posts() {
    let bytes = include_bytes!("model.bin");
    assert!(bytes.len() < 2_000_000, "{} bytes", bytes.len());
    let model = Model::read(bytes).expect("the model file is whole");
    assert_eq!(model.write(), bytes);
    assert_eq!(
        model.fingerprint,
        training::fingerprint(&training_posts()),
        "run `cargo run --release --example train_themes`"
    );
}

#[test]
fn a_model_file_that_is_cut_is_none() {
    let bytes = include_bytes!("model.bin");
    assert_eq!(Model::read(&bytes[..bytes.len() - 1]), None);
    assert_eq!(Model::read(b"themes"), None);
}

#[test]
fn training_twice_gives_the_same_bytes() {
    let some: Vec<Labelled> = training_posts().into_iter().step_by(12).collect();
    let settings = training::Settings { steps: 12, ..training::Settings::default() };
    let (one, judgments) = training::train(&some, settings);
    let (two, _) = training::train(&some, settings);
    assert_eq!(one, two);
    assert_eq!(judgments.len(), some.len());
}
