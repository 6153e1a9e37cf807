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
    let mut schema = schemars::schema_for!(Report);
    plain_descriptions(&mut schema);
    // The alternate form is the indented one.
    format!("{:#}\n", schema.as_value())
}

/// Leaves what concerns Rust out of the descriptions: all but the first paragraph, and the marks of links.
fn plain_descriptions(schema: &mut schemars::Schema) {
    if let Some(serde_json::Value::String(text)) = schema.get_mut("description") {
        *text = text.split("\n\n").next().unwrap_or_default().replace(['[', ']', '`'], "");
    }
    schemars::transform::transform_subschemas(&mut plain_descriptions, schema);
}
