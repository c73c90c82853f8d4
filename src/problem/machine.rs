//! Machine-readable problems: JSON for editors and scripts, and annotations for GitHub's checks.

use serde_json::{Value, json};

use super::{LineCursor, Problem, Problems, Severity, Span, Warning};

/// The version of the JSON format. It is raised by changes that are not compatible; added keys are.
const VERSION: u32 = 1;

impl Problems {
    /// Returns a JSON document: `{"version": 1, "errors": 1, "warnings": 0, "waived": 0, "problems": [{"severity":
    /// "error", "name": null, "file": …, "line": …, "column": …, "end-line": …, "end-column": …, "title": …, "label":
    /// …, "help": […], "related": […]}]}`. Lines and columns count from 1, and columns count Unicode characters. An
    /// end is one past the last character. `name` is the name of a warning, by which it may be waived.
    pub fn json(&self) -> String {
        let sorted = self.sorted();
        let mut positions = LineCursor::default();
        let problems: Vec<Value> = sorted.iter().map(|problem| self.problem_as_json(problem, &mut positions)).collect();
        let document = json!({
            "version": VERSION,
            "errors": sorted.iter().filter(|problem| problem.severity == Severity::Error).count() + self.more[0],
            "warnings": sorted.iter().filter(|problem| problem.severity == Severity::Warning).count() + self.more[1],
            "waived": self.waived,
            "problems": problems,
        });
        format!("{document:#}\n")
    }

    fn problem_as_json(&self, problem: &Problem, positions: &mut LineCursor) -> Value {
        let mut value = self.span_as_json(&problem.span, positions);
        let related = problem.related.iter().map(|(span, what)| {
            let mut related = self.span_as_json(span, &mut LineCursor::default());
            related["label"] = json!(what);
            related
        });
        value["severity"] = json!(severity(problem));
        value["name"] = json!(problem.warning.map(Warning::name));
        value["title"] = json!(problem.title);
        value["label"] = json!(problem.label);
        value["help"] = json!(problem.help);
        value["related"] = Value::Array(related.collect());
        value
    }

    fn span_as_json(&self, span: &Span, positions: &mut LineCursor) -> Value {
        let (line, column) = positions.line_and_column(self, span.file, span.start);
        let (end_line, end_column) = positions.line_and_column(self, span.file, span.end);
        let file = &self.sources[span.file].path;
        json!({"file": file, "line": line, "column": column, "end-line": end_line, "end-column": end_column})
    }

    /// Returns a line for each problem, `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::…`, which GitHub
    /// shows as an annotation. Source: GitHub Actions, workflow commands.
    ///
    /// ```
    /// use convene::definition::{DefinitionFile, read};
    ///
    /// let (_, problems) = read("meetings", vec![DefinitionFile::new("sg12.yaml", "")]);
    /// assert!(problems.github().starts_with("::error file=meetings/sg12.yaml,line=1,"));
    /// ```
    pub fn github(&self) -> String {
        let mut positions = LineCursor::default();
        self.sorted().into_iter().map(|problem| self.problem_for_github(problem, &mut positions)).collect()
    }

    fn problem_for_github(&self, problem: &Problem, positions: &mut LineCursor) -> String {
        let (line, column) = positions.line_and_column(self, problem.span.file, problem.span.start);
        let (end_line, end_column) = positions.line_and_column(self, problem.span.file, problem.span.end);
        let related = problem.related.iter().map(|(span, what)| {
            let (line, column) = self.position(span.file, span.start);
            format!("{}:{line}:{column}: {what}", self.sources[span.file].path)
        });
        let label = std::iter::once(problem.label.clone()).filter(|label| !label.is_empty());
        let lines: Vec<String> = label.chain(related).chain(problem.help.iter().cloned()).collect();
        format!(
            "::{} file={},line={line},col={column},endLine={end_line},endColumn={end_column},title={}::{}\n",
            severity(problem),
            parameter(&self.sources[problem.span.file].path),
            parameter(&problem.title),
            message(&lines.join("\n"))
        )
    }
}

fn severity(problem: &Problem) -> &'static str {
    match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Escapes the message of a workflow command.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a parameter of a workflow command.
fn parameter(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
