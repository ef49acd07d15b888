use super::*;
use crate::article::{Article, BlockKind};
use proptest::prelude::*;

fn annotated(text: &str) -> Doc {
    let mut article = Article::default();
    for block in text.split('\n') {
        article.push_block(BlockKind::Paragraph, block);
    }
    let mut doc = Doc::new(article);
    Annotator::builtin().unwrap().run(&mut doc, &mut Scratch::default());
    doc
}

/// Head's word and relation of the first token written `word`.
fn arc(doc: &Doc, word: &str) -> (String, &'static str) {
    let i = (0..doc.tokens.len()).find(|&i| doc.word(i) == word).unwrap();
    (doc.word(doc.tokens[i].head as usize).to_owned(), doc.tokens[i].rel.as_str())
}

#[test]
fn a_news_sentence_is_analysed() {
    let doc = annotated("The defence ministers of Norway and Latvia signed an agreement in Riga on Tuesday.");
    assert_eq!(doc.sentences.len(), 1);
    assert_eq!(arc(&doc, "signed"), ("signed".into(), "root"));
    assert_eq!(arc(&doc, "ministers"), ("signed".into(), "nsubj"));
    assert_eq!(arc(&doc, "agreement"), ("signed".into(), "obj"));
    assert_eq!(arc(&doc, "Latvia"), ("Norway".into(), "conj"));
    let lemmas: Vec<&str> = (0..doc.tokens.len()).map(|i| doc.lemma(i)).collect();
    assert_eq!(lemmas[5..10], ["and", "Latvia", "sign", "a", "agreement"]);
}

#[test]
fn a_passive_names_its_agent() {
    let doc = annotated("Two villages were shelled by rebels.");
    assert_eq!(arc(&doc, "villages"), ("shelled".into(), "nsubj:pass"));
    assert_eq!(arc(&doc, "rebels"), ("shelled".into(), "obl:agent"));
}

#[test]
fn vector_extensions_change_nothing() {
    let doc = annotated("Protesters who had gathered outside parliament said they would not leave.\nTALKS COLLAPSE");
    let mut plain = doc.clone();
    let mut parser = Annotator::builtin().unwrap().syntax.network.clone();
    parser.set_level(model::kernel::Level::Plain);
    syntax::Syntax { network: parser }.run(&mut plain, &mut syntax::SyntaxScratch::default());
    assert_eq!(doc.tokens, plain.tokens);
}

#[test]
fn a_folder_of_models_overrides_and_is_checked() {
    let dir = tempfile::tempdir().unwrap();
    let refused = |dir: &Path| Annotator::from_dir(dir).unwrap_err().to_string();
    assert!(refused(&dir.path().join("none")).contains("no such folder"));
    assert!(refused(dir.path()).contains("none of sentences.bin"));
    std::fs::write(dir.path().join("clusters.bin"), builtin::CLUSTERS).unwrap();
    std::fs::write(dir.path().join("lemma.bin"), builtin::LEMMA).unwrap();
    assert_eq!(Annotator::from_dir(dir.path()).unwrap().sha256(), builtin_sha256());
    std::fs::write(dir.path().join("names.bin"), "TDNAME99").unwrap();
    assert!(matches!(Annotator::from_dir(dir.path()), Err(ModelError::WrongVersion { found: 99, .. })));
    let mut names = names::Model::from_bytes(builtin::NAMES).unwrap().to_bytes();
    *names.last_mut().unwrap() ^= 1;
    std::fs::write(dir.path().join("names.bin"), names).unwrap();
    assert!(matches!(Annotator::from_dir(dir.path()), Err(ModelError::Damaged { .. })));
    std::fs::write(dir.path().join("clusters.bin"), "others").unwrap();
    assert!(refused(dir.path()).contains("compiled in"));
    std::fs::remove_file(dir.path().join("clusters.bin")).unwrap();
    std::fs::write(dir.path().join("lemma.bin"), "not a model").unwrap();
    assert!(matches!(Annotator::from_dir(dir.path()), Err(ModelError::NotAModel { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_gives_trees(text in "(\\PC|[ .,'\n]|[a-zA-Z]{1,6} ){0,150}") {
        let doc = annotated(&text);
        let mut next = 0;
        for s in &doc.sentences {
            prop_assert_eq!(s.tokens.start, next);
            next = s.tokens.end;
            let block = doc.article.blocks[s.block as usize].span;
            prop_assert!(block.contains(doc.bytes(s.tokens)));
            let roots = s.tokens.range().filter(|&i| doc.is_root(i)).count();
            prop_assert_eq!(roots, 1);
            for i in s.tokens.range() {
                let mut at = i;
                for _ in 0..s.tokens.len() {
                    at = doc.tokens[at].head as usize;
                    prop_assert!(s.tokens.holds(at as u32));
                }
                prop_assert!(doc.is_root(at), "token {} is on a cycle", i);
            }
        }
        prop_assert_eq!(next as usize, doc.tokens.len());
    }
}
