// What html-validate finds in a page.

import { HtmlValidate } from "html-validate";

const checker = new HtmlValidate({ extends: ["html-validate:standard"] });

/** What is wrong in a file, each with its place. @param {string} file @returns {Promise<string[]>} */
export async function invalid(file) {
  const { results } = await checker.validateFile(file);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`),
  );
}
