// Whether the HTML of every kind of page is what the HTML standard allows.

import assert from "node:assert/strict";
import { test } from "node:test";

import { HtmlValidate } from "html-validate";

import { named } from "./browser.mjs";
import { pages, redirects } from "./sites.mjs";

const checker = new HtmlValidate({
  extends: ["html-validate:standard"],
});

for (const page of [...pages, ...redirects]) {
  test(`the HTML is sound: ${named(page)}`, async () => {
    const { results } = await checker.validateFile(page.file);
    const found = results.flatMap(({ messages }) =>
      messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`),
    );
    assert.equal(found.join("\n"), "", page.file);
  });
}
