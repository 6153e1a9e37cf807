//! In: the model. Out: the JSON Schema of a report, the same as `schema/report.schema.json`.
//! It describes what serialisation writes and deserialisation takes; that the tables fit the edition is left to the latter.

use crate::model::Report;

/// The JSON Schema (draft 2020-12) of a [`Report`]'s JSON, as JSON.
///
/// # Examples
/// ```
/// let schema: serde_json::Value = serde_json::from_str(&xxgk::json_schema()).unwrap();
/// assert_eq!(schema["title"], "Report");
/// ```
pub fn json_schema() -> String {
    let schema = schemars::schema_for!(Report);
    // The alternate form is the indented one; a map of strings always serialises.
    format!("{:#}\n", schema.as_value())
}
