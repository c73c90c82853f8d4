// Validates definitions against the JSON Schemas with ajv, read by the package yaml as editors read them (YAML 1.2). Takes
// lines of a schema's path, a tab and a definition's path; prints the complaints of each definition.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(resolve(process.argv[2], "index.js"));
const { default: Ajv } = require("ajv/dist/2020.js");
const YAML = require("yaml");

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
// What editors show in the place of a pattern; no keyword of the standard.
ajv.addKeyword("patternErrorMessage");
const validators = new Map();

function validator(path) {
  if (!validators.has(path)) validators.set(path, ajv.compile(JSON.parse(readFileSync(path, "utf8"))));
  return validators.get(path);
}

const complaints = {};
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const [schema, definition] = line.split("\t");
  const validate = validator(schema);
  const value = YAML.parse(readFileSync(definition, "utf8"), { merge: false });
  complaints[definition] = validate(value ?? null)
    ? []
    : validate.errors.map((error) => `${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
}
process.stdout.write(JSON.stringify({ version: `ajv ${require("ajv/package.json").version}`, complaints }));
