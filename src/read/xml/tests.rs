use crate::article::{Article, BlockKind};
use crate::read::{ReadOptions, Reject, read_bytes};
use std::ops::ControlFlow;

fn read(name: &str, text: &str) -> (Vec<Article>, Vec<Reject>) {
    let (mut articles, mut rejects) = (Vec::new(), Vec::new());
    read_bytes(name, text.as_bytes(), &ReadOptions::default(), &mut |item| {
        match item {
            Ok(article) => articles.push(article),
            Err(reject) => rejects.push(reject),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (articles, rejects)
}

const PROSE: &str =
    "The two ministers met in Oslo on Monday and agreed to open a rail line between their countries next year.";

#[test]
fn every_shape_yields_its_fields() {
    let samples = [
        (
            "rss",
            format!(
                "<?xml version='1.0'?><rss version='2.0'><channel><title>Example News</title><language>en</language><item><title>Rail line</title><dc:creator>Jane Doe</dc:creator><pubDate>Thu, 13 Jul 2023 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>{PROSE}</p>]]></content:encoded></item></channel></rss>"
            ),
        ),
        (
            "rss",
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'><title>Example News</title><entry><title>Rail line</title><author><name>Jane Doe</name></author><published>2023-07-13T10:00:00Z</published><content type='html'>&lt;p&gt;{PROSE}&lt;/p&gt;</content></entry></feed>"
            ),
        ),
        (
            "reuters",
            format!(
                "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\"><DATE>13-JUL-2023 15:01:01.79</DATE><UNKNOWN>&#5;&#5;</UNKNOWN><TEXT>&#2;\n<TITLE>Rail line</TITLE><AUTHOR>    By Jane Doe, Reuters</AUTHOR><DATELINE>    OSLO, July 13 - </DATELINE><BODY>{PROSE}\n&#3;</BODY></TEXT></REUTERS>"
            ),
        ),
        (
            "trec",
            format!(
                "<DOC>\n<DOCNO> X-1 </DOCNO>\n<HEADLINE> Rail line </HEADLINE>\n<BYLINE> By Jane Doe </BYLINE>\n<DATE> July 13, 2023 </DATE>\n<TEXT>\n{PROSE}\n</TEXT>\n</DOC>\n"
            ),
        ),
        (
            "nitf",
            format!(
                "<?xml version='1.0'?><nitf><head><docdata><date.issue norm='20230713T100000Z'/></docdata></head><body><body.head><hedline><hl1>Rail line</hl1></hedline><byline>By Jane Doe</byline></body.head><body.content><block><p>{PROSE}</p></block></body.content></body></nitf>"
            ),
        ),
        (
            "newsml",
            format!(
                "<?xml version='1.0'?><newsItem guid='u'><contentMeta><contentCreated>2023-07-13T10:00:00Z</contentCreated><creator><name>Jane Doe</name></creator><headline>Rail line</headline></contentMeta><contentSet><inlineXML><nitf><body><body.content><p>{PROSE}</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"
            ),
        ),
        (
            "factiva",
            format!(
                "<?xml version='1.0'?><PPSResponse><ppsArticleResponse><article><headline><paragraph>Rail line</paragraph></headline><byline>By Jane Doe</byline><publicationDate><dateTime>2023-07-13T10:00:00Z</dateTime></publicationDate><leadParagraph><paragraph>{PROSE}</paragraph></leadParagraph></article></ppsArticleResponse></PPSResponse>"
            ),
        ),
    ];
    for (format, text) in samples {
        let (articles, rejects) = read("a.xml", &text);
        assert!(articles.len() == 1 && rejects.is_empty(), "{format}: {rejects:?}");
        let article = &articles[0];
        assert_eq!((article.format, article.title.as_deref()), (format, Some("Rail line")));
        assert_eq!(article.author.as_deref(), Some("Jane Doe"), "{format}");
        assert_eq!(article.published_date().unwrap().to_string(), "2023-07-13", "{format}");
        let prose: Vec<&str> = article
            .blocks
            .iter()
            .filter(|b| b.kind == BlockKind::Paragraph)
            .map(|b| b.span.slice(&article.text))
            .collect();
        assert_eq!(prose, [PROSE], "{format}");
    }
}

#[test]
fn hostile_xml_is_rejected() {
    let bomb = "<?xml version='1.0'?><!DOCTYPE n [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;\">]><nitf><body><body.content><p>&b;</p></body.content></body></nitf>";
    assert_eq!(read("a.xml", bomb).1[0].reason.as_str(), "xml_entity");
    assert_eq!(read("a.xml", &format!("<nitf>{}", "<a>".repeat(100_000))).1[0].reason.as_str(), "xml_depth");
    assert_eq!(read("a.xml", "<nitf><body><p>x</b></p></body></nitf>").1[0].reason.as_str(), "xml_syntax");
    assert_eq!(
        read("a.xml", "<?xml version='1.0'?><svg><text>x</text></svg>").1[0].reason.as_str(),
        "unsupported_format"
    );
}
