//! Elements and attributes, as far as they matter for finding an article.

/// Longest attribute value kept: addresses of pictures can be megabytes of base64.
const MAX_VALUE: usize = 4096;

/// What a block or element is, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    P,
    Heading(u8),
    Li,
    Quote,
    Caption,
    Cell,
    Pre,
    Article,
    Main,
    Section,
    List,
    Table,
    Row,
    Aside,
    Nav,
    Header,
    Footer,
    Form,
    Figure,
    Link,
    Body,
    /// Any other block.
    Div,
    /// Any other inline element.
    Inline,
    /// Its text is no text of the page.
    Skip,
    /// Has no end tag.
    Void,
}

/// What an element of this name is.
pub(super) fn tag_of(name: &[u8]) -> Tag {
    match name {
        b"p" => Tag::P,
        b"h1" => Tag::Heading(1),
        b"h2" => Tag::Heading(2),
        b"h3" => Tag::Heading(3),
        b"h4" => Tag::Heading(4),
        b"h5" => Tag::Heading(5),
        b"h6" => Tag::Heading(6),
        b"li" | b"dt" | b"dd" => Tag::Li,
        b"blockquote" => Tag::Quote,
        b"figcaption" | b"caption" => Tag::Caption,
        b"td" | b"th" => Tag::Cell,
        b"pre" => Tag::Pre,
        b"article" => Tag::Article,
        b"main" => Tag::Main,
        b"section" => Tag::Section,
        b"ul" | b"ol" | b"dl" | b"menu" => Tag::List,
        b"table" => Tag::Table,
        b"tr" => Tag::Row,
        b"aside" => Tag::Aside,
        b"nav" => Tag::Nav,
        b"header" => Tag::Header,
        b"footer" => Tag::Footer,
        b"form" | b"fieldset" => Tag::Form,
        b"figure" => Tag::Figure,
        b"a" => Tag::Link,
        b"body" => Tag::Body,
        b"div" | b"tbody" | b"thead" | b"tfoot" | b"center" | b"address" | b"details" | b"summary" | b"hgroup"
        | b"html" | b"head" | b"amp-story" | b"dialog" | b"search" => Tag::Div,
        b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"math" | b"select" | b"option" | b"button"
        | b"textarea" | b"iframe" | b"object" | b"audio" | b"video" | b"canvas" | b"map" | b"datalist" | b"noembed"
        | b"noframes" | b"amp-sidebar" => Tag::Skip,
        b"br" | b"img" | b"hr" | b"input" | b"meta" | b"link" | b"wbr" | b"source" | b"area" | b"base" | b"col"
        | b"embed" | b"param" | b"track" | b"frame" | b"amp-img" => Tag::Void,
        _ => Tag::Inline,
    }
}

impl Tag {
    /// True for elements that end a run of text.
    pub(super) fn is_block(self) -> bool {
        !matches!(self, Self::Link | Self::Inline | Self::Void | Self::Skip)
    }
}

/// The attributes that matter of the tag being read.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) name: Vec<u8>,
    pub(super) key: Vec<u8>,
    pub(super) class: String,
    pub(super) id: String,
    pub(super) role: String,
    pub(super) itemprop: String,
    pub(super) property: String,
    pub(super) rel: String,
    pub(super) href: String,
    pub(super) content: String,
    pub(super) datetime: String,
    pub(super) kind: String,
    pub(super) lang: String,
    pub(super) style: String,
    pub(super) hidden: bool,
}

impl Attributes {
    pub(super) fn clear(&mut self) {
        for field in [
            &mut self.class,
            &mut self.id,
            &mut self.role,
            &mut self.itemprop,
            &mut self.property,
            &mut self.rel,
            &mut self.href,
            &mut self.content,
            &mut self.datetime,
            &mut self.kind,
            &mut self.lang,
            &mut self.style,
        ] {
            field.clear();
        }
        self.hidden = false;
    }

    pub(super) fn begin(&mut self, key: &[u8]) {
        self.key.clear();
        self.key.extend_from_slice(&key[..key.len().min(64)]);
        self.hidden |= key == b"hidden";
    }

    pub(super) fn value(&mut self, value: &[u8]) {
        let field = match self.key.as_slice() {
            b"class" => &mut self.class,
            b"id" => &mut self.id,
            b"role" => &mut self.role,
            b"itemprop" => &mut self.itemprop,
            b"name" | b"property" | b"http-equiv" => &mut self.property,
            b"rel" => &mut self.rel,
            b"href" => &mut self.href,
            b"content" => &mut self.content,
            b"datetime" => &mut self.datetime,
            b"type" => &mut self.kind,
            b"lang" | b"xml:lang" => &mut self.lang,
            b"style" => &mut self.style,
            b"aria-hidden" => {
                return;
            }
            _ => return,
        };
        if field.is_empty() {
            field.push_str(&String::from_utf8_lossy(&value[..value.len().min(MAX_VALUE)]));
        }
    }
}
