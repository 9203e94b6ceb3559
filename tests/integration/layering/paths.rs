//! The paths that a Rust file names: in its `use` trees, in its code and within macros.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree, token_stream::IntoIter};

type Tokens = Peekable<IntoIter>;

/// What a file names, leaving out its tests, comments and strings.
#[derive(Default)]
pub(super) struct Source {
    /// The modules that it declares, in order.
    pub(super) children: Vec<String>,
    /// What its `use` items bring into it, by the name that it has here.
    pub(super) names: BTreeMap<String, Vec<String>>,
    /// The paths within the crate that its own code uses. A re-export that it does not use itself
    /// is none.
    pub(super) paths: Vec<Vec<String>>,
    /// The paths within the crate that it re-exports.
    pub(super) reexports: Vec<Vec<String>>,
    /// The paths that begin with another crate's name, or with a local one.
    pub(super) foreign: Vec<Vec<String>>,
}

/// Reads a file's text.
pub(super) fn read(text: &str) -> Source {
    let mut reader = Reader::default();
    reader.walk(TokenStream::from_str(text).unwrap());
    reader.finish()
}

struct Use {
    path: Vec<String>,
    name: String,
    is_public: bool,
}

#[derive(Default)]
struct Reader {
    children: Vec<String>,
    uses: Vec<Use>,
    paths: Vec<Vec<String>>,
    words: std::collections::BTreeSet<String>,
}

impl Reader {
    fn walk(&mut self, stream: TokenStream) {
        let mut tokens = stream.into_iter().peekable();
        let (mut is_test, mut is_public) = (false, false);
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(sign) if sign.as_char() == '#' => {
                    let text = tokens.peek().map(ToString::to_string).unwrap_or_default();
                    let text = text.replace(' ', "");
                    is_test |= text.starts_with("[cfg(test)]");
                    if text.starts_with("[doc") || text.starts_with("[cfg") {
                        tokens.next();
                    }
                }
                TokenTree::Ident(word) => match word.to_string().as_str() {
                    "pub" => {
                        is_public = true;
                        tokens.next_if(|next| is_group(next, Delimiter::Parenthesis));
                    }
                    "use" => {
                        if !is_test {
                            self.tree(&mut tokens, &[], is_public);
                        }
                        (is_test, is_public) = (false, false);
                    }
                    "mod" => {
                        self.module(&mut tokens, is_test);
                        (is_test, is_public) = (false, false);
                    }
                    first => {
                        is_public = false;
                        self.path(first.to_owned(), &mut tokens);
                    }
                },
                TokenTree::Group(group) => {
                    if !is_test {
                        self.walk(group.stream());
                    }
                    // The body of an item ends it.
                    if group.delimiter() == Delimiter::Brace {
                        (is_test, is_public) = (false, false);
                    }
                }
                TokenTree::Punct(sign) => {
                    if sign.as_char() == ';' {
                        (is_test, is_public) = (false, false);
                    }
                }
                TokenTree::Literal(_) => {}
            }
        }
    }

    fn module(&mut self, tokens: &mut Tokens, is_test: bool) {
        let Some(TokenTree::Ident(name)) = tokens.next() else { return };
        match tokens.next() {
            Some(TokenTree::Punct(_)) if !is_test => self.children.push(name.to_string()),
            Some(TokenTree::Group(body)) if !is_test => self.walk(body.stream()),
            _ => {}
        }
    }

    /// Reads the rest of a path in code; its first word was met.
    fn path(&mut self, first: String, tokens: &mut Tokens) {
        let mut path = vec![first];
        while is_colon(tokens.peek()) {
            tokens.next();
            if !is_colon(tokens.peek()) {
                break;
            }
            tokens.next();
            let Some(TokenTree::Ident(word)) = tokens.peek() else { break };
            path.push(word.to_string());
            tokens.next();
        }
        self.words.insert(path[0].clone());
        if path.len() > 1 {
            self.paths.push(path);
        }
    }

    /// Reads a `use` tree below a prefix, up to its `;` or `,`.
    fn tree(&mut self, tokens: &mut Tokens, prefix: &[String], is_public: bool) {
        let mut path = prefix.to_vec();
        let mut name = None;
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(word) if word == "as" => {
                    name = tokens.next().map(|word| word.to_string());
                }
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Group(group) => {
                    let mut inner = group.stream().into_iter().peekable();
                    while inner.peek().is_some() {
                        self.tree(&mut inner, &path, is_public);
                    }
                    path.clear();
                }
                TokenTree::Punct(sign) => match sign.as_char() {
                    ';' | ',' => break,
                    '*' => path.push("*".to_owned()),
                    _ => {}
                },
                TokenTree::Literal(_) => {}
            }
        }
        if path.len() > prefix.len() || path.last().is_some_and(|last| last == "self") {
            if path.last().is_some_and(|last| last == "self" || last == "*") && path.len() > 1 {
                path.pop();
            }
            let name = name.or_else(|| path.last().cloned()).unwrap_or_default();
            self.uses.push(Use { path, name, is_public });
        }
    }

    fn finish(self) -> Source {
        let Self { children, uses, paths, words } = self;
        let mut source = Source { children, ..Source::default() };
        let begins_here = |path: &[String]| ["crate", "self", "super"].contains(&path[0].as_str());
        for Use { path, name, is_public } in uses {
            let is_own = begins_here(&path) || source.children.contains(&path[0]);
            if !is_own {
                source.foreign.push(path);
                continue;
            }
            if is_public {
                source.reexports.push(path.clone());
            }
            if !is_public || words.contains(&name) {
                source.paths.push(path.clone());
            }
            source.names.insert(name, path);
        }
        for path in paths {
            if begins_here(&path) || source.children.contains(&path[0]) {
                source.paths.push(path);
            } else {
                source.foreign.push(path);
            }
        }
        source
    }
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(sign)) if sign.as_char() == ':')
}
