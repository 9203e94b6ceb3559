//! A verdict as JUnit's XML, which build servers show as tests: a test case for each finding, and one for
//! each rule without any. What fails is a failure; what is known, or not bad enough, is skipped, and so
//! is a rule that is off.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesText, Event};

use super::beside::FindingState;
use super::document::PAIRS_UNSURE;
use super::listed::Listed;
use super::verdict::Verdict;
use crate::analysis::{Finding, Rule};
use crate::export::graphs::{element, xml_text};
use crate::inventory::RuleSetting;

/// How many findings are listed at most; build servers refuse files of some ten megabytes.
const MOST_CASES: usize = 25_000;

/// Why a finding that the baseline does not have is skipped.
const EXPLAINED: &str = "no change of the inventory explains it: something is missing now, the credential was \
                         revoked, or the baseline assumes otherwise";

/// Writes the verdict. The figures of the suite are those of the verdict, also where not every finding is
/// listed.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_junit(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(io::BufWriter::new(out), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let findings = &verdict.answers.findings;
    let is_broken = |rule: &Rule| findings.iter().any(|finding| finding.rule == *rule);
    let (broken, kept): (Vec<Rule>, Vec<Rule>) = Rule::ALL.into_iter().partition(is_broken);
    let (off, kept): (Vec<Rule>, Vec<Rule>) =
        kept.into_iter().partition(|rule| is_off(verdict, *rule));
    let pairs = usize::from(verdict.pairs_fail());
    let tests = (findings.len() + kept.len() + off.len() + pairs).to_string();
    let failures = (verdict.failing.len() + pairs).to_string();
    let skipped = (findings.len() - verdict.failing.len() + off.len()).to_string();
    let figures = [("tests", tests.as_str()), ("failures", failures.as_str())];
    let all = [("name", "keyreach")].into_iter().chain(figures);
    writer.write_event(Event::Start(element("testsuites", all)))?;
    let suite = [("name", "keyreach check"), ("errors", "0"), ("skipped", skipped.as_str())];
    writer.write_event(Event::Start(element("testsuite", suite.into_iter().chain(figures))))?;
    for rule in kept {
        let name = format!("{}: nothing found", rule.title());
        writer.write_event(Event::Empty(element("testcase", case(rule, &name))))?;
    }
    for rule in off {
        let name = format!("{}: off", rule.title());
        writer.write_event(Event::Start(element("testcase", case(rule, &name))))?;
        body("skipped", [("message", "the policy switches the rule off")], "", &mut writer)?;
    }
    let listed = Listed::of(verdict, MOST_CASES);
    list(verdict, (&broken, &listed), &mut writer)?;
    writer.write_event(Event::End(BytesEnd::new("testsuite")))?;
    writer.write_event(Event::End(BytesEnd::new("testsuites")))?;
    let mut out = writer.into_inner();
    out.write_all(b"\n")?;
    out.flush()
}

/// Whether there can be no findings of a rule.
fn is_off(verdict: &Verdict<'_>, rule: Rule) -> bool {
    let rules = &verdict.answers.graph.assumptions().rules;
    rules.get(rule.id()) == Some(&RuleSetting::Off)
}

/// The findings rule by rule, then more connected pairs, and what is left out: a failure where any of it
/// fails.
fn list<W: Write>(
    verdict: &Verdict<'_>,
    (rules, listed): (&[Rule], &Listed),
    writer: &mut Writer<W>,
) -> io::Result<()> {
    let findings =
        listed.places.iter().filter_map(|&at| Some((at, verdict.answers.findings.get(at)?)));
    for &rule in rules {
        let of_rule = findings.clone().filter(|(_, finding)| finding.rule == rule);
        of_rule.into_iter().try_for_each(|(at, one)| finding(verdict, at, one, writer))?;
    }
    if verdict.pairs_fail() {
        let text = format!("{} more than in the baseline", verdict.beside.more_pairs);
        let attributes = [("classname", "connected pairs"), ("name", "connected pairs")];
        writer.write_event(Event::Start(element("testcase", attributes)))?;
        let unsure = verdict.beside.pairs_unsure.iter().map(String::as_str);
        let why = if verdict.beside.pairs_unsure.is_empty() { None } else { Some(PAIRS_UNSURE) };
        let why: Vec<&str> = why.into_iter().chain(unsure).collect();
        body("failure", [("message", text.as_str())], &why.join("\n"), writer)?;
    }
    if let Some(words) = listed.words() {
        let attributes = [("classname", "left out"), ("name", words.as_str())];
        writer.write_event(Event::Start(element("testcase", attributes)))?;
        let what = if listed.failing_left_out > 0 { "failure" } else { "skipped" };
        body(what, [("message", "the list is full")], "", writer)?;
    }
    Ok(())
}

/// The attributes of a test case.
fn case(rule: Rule, name: &str) -> [(&'static str, &str); 2] {
    [("classname", rule.id()), ("name", name)]
}

fn finding<W: Write>(
    verdict: &Verdict<'_>,
    at: usize,
    finding: &Finding,
    writer: &mut Writer<W>,
) -> io::Result<()> {
    let graph = &verdict.answers.graph;
    let rule = finding.rule;
    let name = format!("{}: {}", rule.title(), finding.subject.name(graph));
    writer.write_event(Event::Start(element("testcase", case(rule, &name))))?;
    if !verdict.fails(at) {
        let accepted = verdict.decided.accepted_words(at);
        let message = match (&accepted, verdict.state(at)) {
            (Some(accepted), _) => accepted,
            (None, FindingState::Known) => "the baseline has it",
            (None, FindingState::Explained { .. }) => EXPLAINED,
            (None, FindingState::Found | FindingState::New | FindingState::MoreSevere) => {
                "less severe than what fails"
            }
        };
        return body("skipped", [("message", message)], "", writer);
    }
    let details = verdict.answers.details(finding);
    let because = details.why.iter().map(|reason| format!("because {}", reason.words));
    let mut lines: Vec<String> = because.collect();
    lines.extend(verdict.decided.ended_words(at));
    lines.push(format!("so {}", details.advice));
    let first = details.evidence.first();
    lines.extend(first.map(|&place| format!("see {}", graph.inventory().place_text(place))));
    let text = lines.join("\n");
    let message = format!("{}: {}", finding.severity.word(), rule.title());
    let attributes = [("message", message.as_str()), ("type", finding.severity.word())];
    body("failure", attributes, &text, writer)
}

/// What stands within a test case, and its end.
fn body<'a, W: Write>(
    name: &'a str,
    attributes: impl IntoIterator<Item = (&'a str, &'a str)>,
    text: &str,
    writer: &mut Writer<W>,
) -> io::Result<()> {
    if text.is_empty() {
        writer.write_event(Event::Empty(element(name, attributes)))?;
    } else {
        writer.write_event(Event::Start(element(name, attributes)))?;
        writer.write_event(Event::Text(BytesText::from_escaped(line_text(text))))?;
        writer.write_event(Event::End(BytesEnd::new(name)))?;
    }
    writer.write_event(Event::End(BytesEnd::new("testcase")))
}

/// A text of several lines, whose line ends stay.
fn line_text(text: &str) -> String {
    text.lines().map(|line| xml_text(line) + "\n").collect()
}
