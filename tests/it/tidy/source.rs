//! Reads Rust sources just well enough to see which paths they name: comments and strings apart, use trees unfolded.

/// A source with its comments and the contents of its strings blanked, and the comments by themselves. Lines stay lines.
pub struct Source {
    pub code: String,
    pub comments: String,
}

/// A path that a source names, from its root: `["crate", "model", "item", "Item"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPath {
    pub line: usize,
    pub segments: Vec<String>,
}

impl NamedPath {
    pub fn text(&self) -> String {
        self.segments.join("::")
    }

    pub fn starts_with(&self, path: &str) -> bool {
        let wanted: Vec<&str> = path.split("::").collect();
        self.segments.len() >= wanted.len() && self.segments.iter().zip(wanted).all(|(have, want)| have == want)
    }
}

/// Takes comments and strings apart from code.
pub fn read(text: &str) -> Source {
    let chars: Vec<char> = text.chars().collect();
    let (mut code, mut comments) = (String::new(), String::new());
    let mut at = 0;
    // Every character goes to one side; the other gets a blank, or the line break.
    let mut put = |to_code: bool, c: char| {
        let blank = if c == '\n' { '\n' } else { ' ' };
        code.push(if to_code { c } else { blank });
        comments.push(if to_code { blank } else { c });
    };
    let mut silent = Vec::new();
    while at < chars.len() {
        let rest = &chars[at..];
        let before = at.checked_sub(1).map(|before| chars[before]);
        if rest.starts_with(&['/', '/']) {
            let end = rest.iter().position(|c| *c == '\n').unwrap_or(rest.len());
            rest[..end].iter().for_each(|c| put(false, *c));
            at += end;
        } else if rest.starts_with(&['/', '*']) {
            let end = (2..=rest.len()).find(|end| rest[..*end].ends_with(&['*', '/'])).unwrap_or(rest.len());
            rest[..end].iter().for_each(|c| put(false, *c));
            at += end;
        } else if let Some(end) = string_end(rest, before) {
            silent.push((at, at + end));
            rest[..end].iter().for_each(|c| put(true, *c));
            at += end;
        } else {
            put(true, rest[0]);
            at += 1;
        }
    }
    let mut code: Vec<char> = code.chars().collect();
    for (from, to) in silent {
        code[from..to].iter_mut().filter(|c| **c != '\n').for_each(|c| *c = ' ');
    }
    Source { code: code.into_iter().collect(), comments }
}

/// The length of the string or character literal that starts here.
fn string_end(rest: &[char], before: Option<char>) -> Option<usize> {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let prefix = rest.iter().take_while(|c| matches!(c, 'b' | 'r' | 'c')).count();
    let hashes = rest[prefix..].iter().take_while(|c| **c == '#').count();
    let is_raw = rest[..prefix].contains(&'r');
    match rest.get(prefix + hashes) {
        Some('"') if (prefix == 0 || !in_word) && (hashes == 0 || is_raw) => {
            let start = prefix + hashes + 1;
            let mut end = start;
            while end < rest.len() {
                let closes =
                    rest[end] == '"' && rest[end + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
                match rest[end] {
                    '\\' if !is_raw => end += 2,
                    _ if closes => return Some(end + 1 + hashes),
                    _ => end += 1,
                }
            }
            Some(rest.len())
        }
        // A character, not a lifetime.
        _ if rest[0] == '\'' && rest.get(1) == Some(&'\\') => {
            rest[3..].iter().position(|c| *c == '\'').map(|end| end + 4)
        }
        _ if rest[0] == '\'' && rest.get(2) == Some(&'\'') => Some(3),
        _ => None,
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    PathSeparator,
    Sign(char),
}

fn tokens(code: &str) -> Vec<(usize, Token)> {
    let mut found = Vec::new();
    for (line, text) in code.lines().enumerate() {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let (token, taken) = match first {
                _ if length > 0 => (Token::Word(rest[..length].to_owned()), length),
                ':' if rest.starts_with("::") => (Token::PathSeparator, 2),
                c => (Token::Sign(c), c.len_utf8()),
            };
            if !matches!(token, Token::Sign(c) if c.is_whitespace()) {
                found.push((line + 1, token));
            }
            rest = &rest[taken..];
        }
    }
    found
}

/// Every path of two segments or more, and every `use` of a single name, with `self` and `super` resolved against `module`, the
/// path of the file's module below the crate.
pub fn paths(code: &str, module: &[&str]) -> Vec<NamedPath> {
    let tokens = tokens(code);
    let word = |at: usize| match tokens.get(at) {
        Some((_, Token::Word(word))) => Some(word.as_str()),
        _ => None,
    };
    let mut found = Vec::new();
    let mut depth = 0;
    let mut modules: Vec<(usize, String)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at].1 {
            Token::Sign('{') => {
                if at >= 2
                    && word(at - 2) == Some("mod")
                    && let Some(name) = word(at - 1)
                {
                    modules.push((depth, name.to_owned()));
                }
                depth += 1;
            }
            Token::Sign('}') => {
                depth = depth.saturating_sub(1);
                modules.retain(|(outer, _)| *outer < depth);
            }
            Token::Word(root) => {
                let continues = tokens.get(at + 1).is_some_and(|(_, token)| *token == Token::PathSeparator);
                let used = at >= 1 && word(at - 1) == Some("use");
                if continues || used {
                    let here: Vec<&str> =
                        module.iter().copied().chain(modules.iter().map(|(_, m)| m.as_str())).collect();
                    let before = found.len();
                    at = unfold(&tokens, at, &mut Vec::new(), &mut found);
                    for path in &mut found[before..] {
                        path.segments = absolute(&path.segments, &here);
                    }
                    let _ = root;
                    continue;
                }
            }
            Token::Sign(_) | Token::PathSeparator => {}
        }
        at += 1;
    }
    found
}

/// Reads a path or a use tree from `at`; the place behind it.
fn unfold(tokens: &[(usize, Token)], mut at: usize, prefix: &mut Vec<String>, found: &mut Vec<NamedPath>) -> usize {
    let kept = prefix.len();
    let mut line = tokens.get(at).map_or(0, |(line, _)| *line);
    loop {
        match tokens.get(at) {
            Some((here, Token::Word(word))) => {
                line = *here;
                prefix.push(word.clone());
                at += 1;
            }
            Some((_, Token::Sign('{'))) if prefix.len() > kept || kept > 0 => {
                at += 1;
                while let Some((_, token)) = tokens.get(at) {
                    match token {
                        Token::Sign('}') => break,
                        Token::Word(word) if word == "as" => at += 2,
                        Token::Word(_) | Token::Sign('{') => at = unfold(tokens, at, prefix, found),
                        _ => at += 1,
                    }
                }
                prefix.truncate(kept);
                return at + 1;
            }
            _ => break,
        }
        match tokens.get(at) {
            Some((_, Token::PathSeparator))
                if matches!(tokens.get(at + 1), Some((_, Token::Word(_) | Token::Sign('{')))) =>
            {
                at += 1;
            }
            _ => break,
        }
    }
    found.push(NamedPath { line, segments: prefix.clone() });
    prefix.truncate(kept);
    at
}

/// The path from the crate, if it starts at the module it stands in.
fn absolute(segments: &[String], module: &[&str]) -> Vec<String> {
    let mut here: Vec<String> = module.iter().map(ToString::to_string).collect();
    let mut taken = 0;
    for segment in segments {
        match segment.as_str() {
            "self" if taken == 0 => {}
            "super" => {
                here.pop();
            }
            _ => break,
        }
        taken += 1;
    }
    if taken == 0 {
        return segments.to_vec();
    }
    std::iter::once("crate".to_owned()).chain(here).chain(segments[taken..].iter().cloned()).collect()
}
