//! XML of statements as a small tree, bounded: no document types, no entities but the five, no deep nesting.

use crate::{Code, Error, Result};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements inside each other at most; the deepest statement has some twenty.
const DEPTH: usize = 64;
/// Elements below one entry at most; a batch of a thousand has some forty thousand.
const NODES: usize = 500_000;

/// One element.
#[derive(Debug, Default, Clone)]
pub(super) struct Node {
    /// Without a name space.
    pub name: String,
    /// `Ccy`, the only attribute that matters.
    pub currency: String,
    /// The text directly in it.
    pub text: String,
    /// Inside it, in order.
    pub children: Vec<Node>,
}

impl Node {
    /// The first element at the end of this path.
    pub fn at(&self, path: &str) -> Option<&Self> {
        path.split('/').try_fold(self, |node, name| node.children.iter().find(|child| child.name == name))
    }

    /// The text at the end of this path; empty where there is none.
    pub fn text(&self, path: &str) -> &str {
        self.at(path).map_or("", |node| node.text.trim())
    }

    /// The first text that is not empty, over several paths.
    pub fn first(&self, paths: &[&str]) -> &str {
        paths.iter().map(|path| self.text(path)).find(|text| !text.is_empty()).unwrap_or("")
    }

    /// All elements of this name directly inside.
    pub fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Every value below, as `name: text`.
    pub fn flat(&self, lines: &mut Vec<String>, most: usize) {
        if lines.len() >= most {
            return;
        }
        let text = self.text.trim();
        if !text.is_empty() {
            let blank = if self.currency.is_empty() { "" } else { " " };
            lines.push(format!("{}: {}{blank}{text}", self.name, self.currency));
        }
        for child in &self.children {
            child.flat(lines, most);
        }
    }
}

/// What is met on the way through a document.
pub(super) enum Met<'n> {
    /// An element below which `whole` answered `false` begins; its names from the root.
    Begins(&'n [String]),
    /// A whole element, with the names above it.
    Whole(&'n [String], Node),
    /// An element that was begun ends.
    Ends(&'n [String]),
}

/// Walks through a document. `whole` says which elements to hand over as trees.
///
/// Answers `false` where the text is damaged or ends early; what was met before holds.
///
/// # Errors
/// `Unreadable` for document types and absurd nesting, and what `meet` says.
pub(super) fn walk(
    text: &str,
    whole: &dyn Fn(&[String], &str) -> bool,
    meet: &mut dyn FnMut(Met<'_>) -> Result<()>,
) -> Result<bool> {
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    // The tree being built, from its root to the open element.
    let mut tree: Vec<Node> = Vec::new();
    let mut nodes = 0_usize;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(_) => return Ok(false),
        };
        nodes += usize::from(matches!(event, Event::Start(_) | Event::Empty(_)) && !tree.is_empty());
        if nodes > NODES {
            return Err(refused("holds an entry larger than any statement's"));
        }
        match event {
            Event::DocType(_) => return Err(refused("declares a document type")),
            Event::Eof => return Ok(path.is_empty() && tree.is_empty()),
            Event::Start(element) => {
                if path.len() + tree.len() >= DEPTH {
                    return Err(refused("is nested deeper than any statement"));
                }
                let node = node_of(&element);
                if tree.is_empty() && !whole(&path, &node.name) {
                    path.push(node.name);
                    meet(Met::Begins(&path))?;
                } else {
                    tree.push(node);
                }
            }
            Event::Empty(element) => {
                let node = node_of(&element);
                match tree.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None if whole(&path, &node.name) => meet(Met::Whole(&path, node))?,
                    None => {}
                }
            }
            Event::End(_) => match tree.pop() {
                Some(node) => match tree.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None => {
                        nodes = 0;
                        meet(Met::Whole(&path, node))?;
                    }
                },
                None => {
                    meet(Met::Ends(&path))?;
                    path.pop();
                }
            },
            Event::Text(part) => add(&mut tree, &part.xml10_content()),
            Event::CData(part) => add(&mut tree, &part.xml10_content()),
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                add(&mut tree, &unescaped(&format!("&{name};")));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn add(tree: &mut [Node], text: &str) {
    if let Some(node) = tree.last_mut() {
        node.text.push_str(text);
    }
}

fn node_of(element: &BytesStart<'_>) -> Node {
    let mut attributes = element.attributes();
    let currency =
        attributes.with_checks(false).flatten().take(16).find(|a| a.key.local_name().as_ref() == "Ccy");
    Node {
        name: element.local_name().as_ref().to_owned(),
        currency: currency.map_or_else(String::new, |attribute| attribute.value.into_owned()),
        ..Node::default()
    }
}

fn refused(what: &str) -> Error {
    Error::new(Code::Unreadable, format!("this XML file {what}; it was not read"))
}

/// Resolves `&amp; &lt; &gt; &quot; &apos; &nbsp;` and characters by number; others stay as they stand.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = rest.bytes().take(12).position(|b| b == b';').and_then(|end| {
            let name = &rest[1..end];
            let c = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => '\u{a0}',
                "emsp" => '\u{2003}',
                "ensp" => '\u{2002}',
                _ => {
                    let number = name.strip_prefix('#')?;
                    let number = match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                        None => number.parse().ok()?,
                    };
                    char::from_u32(number).filter(|c| !c.is_control() || c.is_whitespace())?
                }
            };
            Some((c, end + 1))
        });
        match found {
            Some((c, past)) => {
                out.push(c);
                rest = &rest[past..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_resolved_and_what_is_none_stays() {
        for (text, plain) in [
            ("a &amp; b", "a & b"),
            ("&#65;&#x42;&lt;&gt;", "AB<>"),
            ("AT&T & co", "AT&T & co"),
            ("&unknown; &", "&unknown; &"),
            ("&#0; &#xFFFFFFFF;", "&#0; &#xFFFFFFFF;"),
            ("张&三&amp;李", "张&三&李"),
        ] {
            assert_eq!(unescaped(text), plain);
        }
    }

    #[test]
    fn a_tree_is_handed_over_and_traps_are_refused() {
        let mut names = Vec::new();
        let text = "<a><n:b Ccy='EUR'>1<c>x&amp;y</c></n:b><b/></a>";
        let done = walk(text, &|_, name| name == "b", &mut |met| {
            if let Met::Whole(_, node) = met {
                names.push((node.currency.clone(), node.text("c").to_owned()));
            }
            Ok(())
        });
        assert!(done.unwrap());
        assert_eq!(names, [("EUR".to_owned(), "x&y".to_owned()), (String::new(), String::new())]);
        let none = |text: &str| walk(text, &|_, _| true, &mut |_| Ok(()));
        assert!(none("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>").is_err());
        assert!(none(&"<a>".repeat(100)).is_err());
        assert!(!none("<a><b>").unwrap());
    }
}
