//! Problems for machines: JSON for editors and scripts, and the lines in which GitHub's checks read annotations.

use serde_json::{Value, json};

use super::{Place, Positions, Problem, Problems, Severity};

/// The version of the JSON form. It grows when a reader of the old form would be misled; keys may be added without.
const VERSION: u32 = 1;

impl Problems {
    /// One JSON document: `{"version": 1, "errors": 1, "warnings": 0, "waived": 0, "problems": [{"severity": "error",
    /// "name": null, "file": …, "line": …, "column": …, "end-line": …, "end-column": …, "title": …, "label": …,
    /// "help": […], "related": […]}]}`. Lines and columns count from 1, columns in Unicode characters; an end lies
    /// behind its last character. `name` is that of a warning, under which it may be waived.
    pub fn json(&self) -> String {
        let sorted = self.sorted();
        let mut positions = Positions::default();
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

    fn problem_as_json(&self, problem: &Problem, positions: &mut Positions) -> Value {
        let mut value = self.place_as_json(&problem.place, positions);
        let related = problem.related.iter().map(|(place, what)| {
            let mut related = self.place_as_json(place, &mut Positions::default());
            related["label"] = json!(what);
            related
        });
        value["severity"] = json!(severity(problem));
        value["name"] = json!(problem.name);
        value["title"] = json!(problem.title);
        value["label"] = json!(problem.label);
        value["help"] = json!(problem.help);
        value["related"] = Value::Array(related.collect());
        value
    }

    fn place_as_json(&self, place: &Place, positions: &mut Positions) -> Value {
        let (line, column) = positions.at(self, place.file, place.start);
        let (end_line, end_column) = positions.at(self, place.file, place.end);
        let file = &self.sources[place.file].path;
        json!({"file": file, "line": line, "column": column, "end-line": end_line, "end-column": end_column})
    }

    /// A line for each problem, `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::…`, as GitHub's workflows
    /// read it. Source: GitHub Actions, workflow commands.
    pub fn github(&self) -> String {
        let mut positions = Positions::default();
        self.sorted().into_iter().map(|problem| self.problem_for_github(problem, &mut positions)).collect()
    }

    fn problem_for_github(&self, problem: &Problem, positions: &mut Positions) -> String {
        let (line, column) = positions.at(self, problem.place.file, problem.place.start);
        let (end_line, end_column) = positions.at(self, problem.place.file, problem.place.end);
        let related = problem.related.iter().map(|(place, what)| {
            let (line, column) = self.position(place.file, place.start);
            format!("{}:{line}:{column}: {what}", self.sources[place.file].path)
        });
        let label = std::iter::once(problem.label.clone()).filter(|label| !label.is_empty());
        let lines: Vec<String> = label.chain(related).chain(problem.help.iter().cloned()).collect();
        format!(
            "::{} file={},line={line},col={column},endLine={end_line},endColumn={end_column},title={}::{}\n",
            severity(problem),
            parameter(&self.sources[problem.place.file].path),
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

/// The text of a workflow command.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A parameter of a workflow command.
fn parameter(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
