//! What class names, ids and roles say about an element.
//!
//! Names are taken apart at hyphens, underscores, spaces and capitals (`articleBody`, `entry-content`) and the words
//! looked up. Only words seen on many unrelated sites are listed.

/// What the names of an element and its ancestors say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hints {
    /// It is the article or its body.
    pub(super) body: bool,
    /// It is around articles: navigation, sharing, advertising.
    pub(super) furniture: bool,
    /// It is readers' comments.
    pub(super) comment: bool,
    /// It leads to other articles.
    pub(super) related: bool,
    /// It is a caption or a picture's frame.
    pub(super) caption: bool,
    /// It is byline, date or biography.
    pub(super) byline: bool,
}

impl Hints {
    /// Those of the ancestors and the element's own.
    pub(super) fn with(self, own: Self) -> Self {
        Self {
            body: self.body || own.body,
            furniture: self.furniture || own.furniture,
            comment: self.comment || own.comment,
            related: self.related || own.related,
            caption: self.caption || own.caption,
            byline: self.byline || own.byline,
        }
    }
}

/// What a class or id says of the text inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Author,
    Date,
}

/// The hints of an element's names.
pub(super) fn hints(names: &[&str]) -> Hints {
    let mut hints = Hints::default();
    for name in names {
        // Frameworks write long lists of layout classes; what matters stands first.
        let mut last = String::new();
        each_word(crate::read::clean::head(name, 300), |word| {
            note(&mut hints, &last, word);
            last.clear();
            last.push_str(word);
        });
    }
    // "entry-content-read-more" is the body, not what leads to it.
    if hints.body {
        hints.related = false;
        hints.furniture = false;
    }
    hints
}

fn note(hints: &mut Hints, last: &str, word: &str) {
    match word {
        "articlebody" | "articletext" | "articlecontent" | "storybody" | "storytext" | "storycontent"
        | "entrycontent" | "postcontent" | "postbody" | "bodytext" | "bodycopy" | "maincontent" | "contentbody"
        | "newstext" | "fulltext" | "wysiwyg" | "longform" => {
            hints.body = true;
        }
        "body" | "text" | "content" | "copy"
            if matches!(
                last,
                "article" | "story" | "entry" | "post" | "news" | "rich" | "page" | "single" | "detail" | "blog"
            ) =>
        {
            hints.body = true;
        }
        "comment" | "comments" | "disqus" | "respond" | "commentlist" | "kommentare" | "kommentar" | "replies" => {
            hints.comment = true;
        }
        "related" | "recommended" | "recommendations" | "recirc" | "outbrain" | "taboola" | "readmore" | "trending"
        | "popular" | "mostread" | "teasers" | "recommendation" | "suggested" | "upnext" | "crosslinks" | "cookie"
        | "cookies" | "consent" | "gdpr" | "dsgvo" | "usercentrics" | "onetrust" => {
            hints.related = true;
        }
        "more" if matches!(last, "read" | "see" | "learn" | "load" | "show") => hints.related = true,
        "sidebar" | "breadcrumb" | "breadcrumbs" | "share" | "sharing" | "social" | "newsletter" | "subscribe"
        | "subscription" | "signup" | "advert" | "advertisement" | "advertising" | "ads" | "ad" | "banner"
        | "promo" | "promotion" | "sponsor" | "sponsored" | "paywall" | "popup" | "modal" | "lightbox" | "overlay"
        | "masthead" | "menu" | "nav" | "navbar" | "navigation" | "footer" | "toolbar" | "pagination" | "pager"
        | "sitemap" | "widget" | "widgets" | "login" | "search" | "tags" | "tag" | "taglist" | "rating"
        | "copyright" | "disclaimer" | "toc" | "donate" | "donation" | "print" | "hidden" | "screenreader"
        | "sharedaddy" | "jp" | "shariff" | "complementary" | "banner_ad" | "cta" | "optin" | "infobox" => {
            hints.furniture = true;
        }
        "caption" | "figcaption" | "credit" | "credits" | "imagecaption" | "photocredit" | "legend" => {
            hints.caption = true;
        }
        "byline" | "author" | "authors" | "dateline" | "timestamp" | "bio" | "authorbox" | "authorbio" | "postmeta"
        | "postmetadata" | "articlemeta" | "entrymeta" | "pubdate" | "autor" | "contributor" => hints.byline = true,
        "meta" if matches!(last, "entry" | "post" | "article" | "story" | "content") => hints.byline = true,
        _ => {}
    }
}

/// True for elements whose text names the author or the date.
pub(super) fn says(class: &str, id: &str) -> Option<Says> {
    let mut said = None;
    for name in [class, id] {
        each_word(crate::read::clean::head(name, 200), |word| {
            let says = match word {
                "byline" | "author" | "authors" | "autor" | "auteur" | "writer" => Some(Says::Author),
                "date" | "published" | "pubdate" | "publishdate" | "timestamp" | "posted" | "datetime" | "datum"
                | "postdate" | "dateline" => Some(Says::Date),
                _ => None,
            };
            said = said.or(says);
        });
    }
    said
}

/// Words of a name: `entry-content_articleBody2` gives `entry`, `content`, `article`, `body`.
fn each_word(name: &str, mut use_word: impl FnMut(&str)) {
    let mut word = String::new();
    let mut small = false;
    for c in name.chars() {
        let upper = c.is_ascii_uppercase();
        if (!c.is_ascii_alphabetic() || upper && small) && !word.is_empty() {
            use_word(&word);
            word.clear();
        }
        small = c.is_ascii_lowercase();
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        }
    }
    if !word.is_empty() {
        use_word(&word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        assert!(hints(&["c-article__body"]).body);
        assert!(hints(&["articleBody"]).body);
        assert!(hints(&["entry-content"]).body);
        assert!(!hints(&["content"]).body);
        assert!(hints(&["", "comments"]).comment);
        assert!(hints(&["read-more"]).related);
        assert!(!hints(&["headline", "shadow", "loading"]).furniture, "words inside words do not count");
        assert_eq!(says("post-date", ""), Some(Says::Date));
    }
}
