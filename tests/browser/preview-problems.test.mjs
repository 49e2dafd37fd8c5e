// The live preview: what an editor sees of a mistake, and what becomes of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { FILE, PAGE, WORDS, bar, focusShown, hears, lineOf, lookedThrough, over, page, previewStage, shows, withoutReload } from "./preview.mjs";

/** @typedef {import("playwright-core").Page} Tab */
/** @typedef {import("./preview.mjs").Preview} Preview */

const { editing } = previewStage();
const WRONG = "reveiwed: 2026-09-01";

/** Breaks the file of the open page. @param {Preview} preview @param {Tab} tab */
async function breakFile(preview, tab) {
  await preview.replace(FILE, "owner:", `${WRONG}\nowner:`);
  await over(tab).waitFor();
}

/** Mends it. @param {Preview} preview */
const mendFile = (preview) => preview.replace(FILE, `${WRONG}\n`, "");

test("a mistake lies over the last good page with its file, line, words and help, and goes when mended", async () => {
  await editing({}, async (preview, tab) => {
    await withoutReload(preview, tab, async () => {
      await breakFile(preview, tab);
      const line = lineOf(preview.read(FILE), WRONG);
      await over(tab).getByRole("heading", { name: "One thing to mend before this page can be published" }).waitFor();
      const problem = over(tab).getByRole("article");
      assert.equal(await problem.count(), 1);
      const words = (await problem.textContent()) ?? "";
      assert.match(words, /Unknown field reveiwed/);
      assert.ok(words.includes(`${FILE} line ${line}, column 1`), words);
      assert.match(words, /Did you mean reviewed\?/);
      assert.equal(await problem.locator(".meant").textContent(), WRONG);
      assert.equal(await problem.locator(".meant em").textContent(), "reveiwed");
      assert.equal(await problem.locator(".meant").getAttribute("data-n"), String(line));
      const link = problem.getByRole("link", { name: `Open line ${line}` });
      const href = (await link.getAttribute("href")) ?? "";
      assert.ok(href.startsWith("vscode://file/") && href.endsWith(`${FILE}:${line}:1`), href);
      assert.match((await tab.locator("main").textContent()) ?? "", new RegExp(WORDS), "the page is beneath");

      await mendFile(preview);
      await over(tab).waitFor({ state: "detached" });
      await bar(tab).getByText("No problems").waitFor();
    });
  });
});

test("several mistakes are all shown, and one that is mended leaves the others", async () => {
  await editing({}, async (preview, tab) => {
    await withoutReload(preview, tab, async () => {
      await preview.replace(FILE, "owner:", `colour: red\n${WRONG}\nowner:`);
      await over(tab).getByRole("heading", { name: "Two things to mend" }).waitFor();
      await mendFile(preview);
      await over(tab).getByRole("heading", { name: "One thing to mend" }).waitFor();
      assert.match((await over(tab).textContent()) ?? "", /Unknown field colour/);
    });
  });
});

test("what is beneath takes no part until one looks at it", async () => {
  await editing({}, async (preview, tab) => {
    const isInert = () => tab.evaluate(() => Boolean(document.querySelector("main")?.closest("[inert]")));
    await breakFile(preview, tab);
    assert.ok(await isInert());
    await over(tab).getByRole("button", { name: "Look at the page beneath" }).click();
    await over(tab).waitFor({ state: "hidden" });
    assert.equal(await isInert(), false);
    await bar(tab).getByRole("button", { name: "To mend: 1" }).click();
    await over(tab).waitFor();
    assert.ok(await isInert());
    await tab.keyboard.press("Escape");
    await over(tab).waitFor({ state: "hidden" });
    assert.equal(await isInert(), false);
    await mendFile(preview);
    await bar(tab).getByText("No problems").waitFor();
    assert.equal(await isInert(), false);
  });
});

test("what was put aside stays aside until there is another mistake", async () => {
  await editing({}, async (preview, tab) => {
    await breakFile(preview, tab);
    await tab.keyboard.press("Escape");
    const other = "content/london/guides/sen-support.md";
    await hears(tab, await preview.write(other, (text) => `${text}\nMore.\n`));
    assert.equal(await over(tab).isVisible(), false, "an edit elsewhere does not bring it back");
    await preview.replace("themes/london/templates/pages/entry.html", "<h1", "<p>From the template.</p><h1");
    await shows(tab, "From the template.");
    await hears(tab, 1);
    assert.equal(await over(tab).isVisible(), false, "nor does a page that loads again");
    await preview.replace(FILE, "owner:", "colour: red\nowner:");
    await over(tab).getByText("Unknown field colour").waitFor();
  });
});

test("the focus is never lost or hidden: it goes to what lies over the page, and back", async () => {
  await editing({}, async (preview, tab) => {
    const focused = async () => {
      const { name, problem } = await tab.evaluate(focusShown);
      assert.equal(problem, "", name);
      return name;
    };
    await tab.keyboard.press("Tab");
    await tab.keyboard.press("Tab");
    const before = await focused();

    await breakFile(preview, tab);
    assert.equal(await focused(), "button Look at the page beneath");
    await tab.keyboard.press("Tab");
    assert.match(await focused(), /^a Open line/);
    await preview.replace(FILE, WRONG, `${WRONG}5`);
    await over(tab).getByText(`${WRONG}5`).waitFor();
    assert.match(await focused(), /^a Open line/, "it stays where it was when the problem changes");
    for (let stop = 0; stop < 8; stop += 1) {
      await tab.keyboard.press("Tab");
      const inside = await tab.evaluate(() => document.activeElement?.id);
      if (inside === "ordinarily-preview") await focused();
      assert.ok(inside === "ordinarily-preview" || inside === "", "nothing beneath gets it");
    }
    await over(tab).getByRole("link", { name: "Open line" }).focus();
    await tab.keyboard.press("Escape");
    assert.equal(await focused(), before, "Escape leads back to the page");
    await bar(tab).getByRole("button", { name: "To mend: 1" }).press("Enter");
    assert.equal(await focused(), "button Look at the page beneath");
    await tab.keyboard.press("Enter");
    assert.equal(await focused(), before);

    await bar(tab).getByRole("button", { name: "To mend: 1" }).press("Enter");
    await preview.replace(FILE, `${WRONG}5\n`, "");
    await over(tab).waitFor({ state: "detached" });
    assert.equal(await focused(), before, "mending leads back too");
  });
});

test("a mistake is said aloud once, and so that it is the last word when it is mended", async () => {
  await editing({}, async (preview, tab) => {
    const said = tab.locator("#ordinarily-preview [role=status]");
    await breakFile(preview, tab);
    assert.equal(await said.textContent(), "One thing to mend before this page can be published");
    await said.evaluate((said) => {
      new MutationObserver(() => Object.assign(window, { saidAgain: true })).observe(said, { childList: true });
    });
    const other = "content/london/guides/sen-support.md";
    await hears(tab, await preview.write(other, (text) => `${text}\nMore.\n`));
    assert.equal(await tab.evaluate(() => Object(window).saidAgain), undefined);
    await mendFile(preview);
    await over(tab).waitFor({ state: "detached" });
    assert.equal(await said.textContent(), "");
  });
});

test("what lies over the page lies over its open menu too", async () => {
  await editing({ tab: { viewport: { width: 360, height: 740 } } }, async (preview, tab) => {
    await tab.locator("[popovertarget=menu]").click();
    await tab.locator("#menu").waitFor();
    await breakFile(preview, tab);
    await tab.locator("#menu").waitFor({ state: "hidden" });
  });
});

test("a file that was broken when the program started says so at its address, and shows when mended", async () => {
  const files = { "content/boroughs/barnet/guides/late.md": "---\nsummary: [\n---\nWords.\n" };
  const expected = /answer 404|status of 404/;
  await editing({ at: "/barnet/guides/late/", files, expected }, async (preview, tab) => {
    await over(tab).getByText("content/boroughs/barnet/guides/late.md").first().waitFor();
    await preview.write("content/boroughs/barnet/guides/late.md", page("Better late"));
    await shows(tab, "Better late");
    assert.equal(await over(tab).count(), 0);
  });
});

test("with a site.yaml that was broken when the program started, every address says so until it is mended", async () => {
  const files = { "content/site.yaml": (/** @type {string} */ text) => `name: [\n${text}` };
  await editing({ files, expected: /answer 503|status of 503/ }, async (preview, tab) => {
    await over(tab).getByText("content/site.yaml").first().waitFor();
    await tab.goto(preview.origin);
    await tab.locator("main").getByRole("link", { name: /^\d+ errors?$/ }).click();
    await tab.getByText("content/site.yaml").first().waitFor();
    await tab.goto(preview.origin + PAGE);
    await preview.replace("content/site.yaml", "name: [\n", "");
    await shows(tab, WORDS);
    assert.equal(await over(tab).count(), 0);
  });
});

test("a broken template shows its place over the last good page", async () => {
  const template = "themes/london/templates/pages/entry.html";
  await editing({}, async (preview, tab) => {
    const sound = preview.read(template);
    await withoutReload(preview, tab, async () => {
      await preview.write(template, `${sound}\n{{ view. }}\n`);
      const line = lineOf(preview.read(template), "{{ view. }}");
      await over(tab).getByText(`line ${line}`).first().waitFor();
      assert.ok(((await over(tab).textContent()) ?? "").includes(template));
      assert.match((await tab.locator("main").textContent()) ?? "", new RegExp(WORDS));
      await preview.write(template, sound);
      await over(tab).waitFor({ state: "detached" });
      await preview.write(template, sound.replace("<h1", "{{ view.no.such.thing }}<h1"));
      await over(tab).getByText(template).first().waitFor();
      await preview.write(template, sound);
      await over(tab).waitFor({ state: "detached" });
    });
  });
});

test("a link that leads nowhere is shown with what may be meant", async () => {
  await editing({}, async (preview, tab) => {
    await preview.replace(FILE, "toolkits/senco-toolkit.md", "toolkits/senco-tolkit.md");
    await over(tab).getByText("Did you mean").waitFor();
    assert.equal(await over(tab).locator(".meant em").textContent(), "[SENCo toolkit](../toolkits/senco-tolkit.md)");
    await preview.replace(FILE, "toolkits/senco-tolkit.md", "toolkits/senco-toolkit.md");
    await over(tab).waitFor({ state: "detached" });
  });
});

test("a link that was mended is no problem any more, although the file has another one", async () => {
  await editing({}, async (preview, tab) => {
    await preview.replace(FILE, "toolkits/senco-toolkit.md", "toolkits/senco-tolkit.md");
    await over(tab).getByText("Did you mean").waitFor();
    await preview.write(FILE, (text) => text.replace("senco-tolkit", "senco-toolkit").replace("owner:", `${WRONG}\nowner:`));
    await over(tab).getByRole("heading", { name: "Unknown field" }).waitFor();
    assert.equal(await over(tab).getByRole("article").count(), 1);
  });
});

test("a file that was never sound shows what it says now, as far as it can be read", async () => {
  const files = { [FILE]: (/** @type {string} */ text) => text.replace("owner:", `${WRONG}\nowner:`) };
  await editing({ files }, async (preview, tab) => {
    await over(tab).waitFor();
    await preview.replace(FILE, WORDS, "Barnet still made a");
    await shows(tab, "Barnet still made a");
    await over(tab).waitFor();
    await mendFile(preview);
    await over(tab).waitFor({ state: "detached" });
  });
});

test("with 5,000 problems ten lie over a page, and the list of all has pages", async () => {
  const wrong = Array.from({ length: 50 }, (_, number) => `wrong_${number}: x\n`).join("");
  const many = Array.from({ length: 100 }, (_, number) => [
    `content/boroughs/barnet/guides/wrong-${number}.md`,
    page(`Wrong ${number}`, wrong),
  ]);
  const files = Object.fromEntries(many);
  const expected = /answer 404|status of 404/;
  await editing({ at: "/barnet/guides/wrong-7/", files, expected }, async (preview, tab) => {
    await over(tab).getByRole("heading", { name: "50 things to mend" }).waitFor();
    assert.equal(await over(tab).getByRole("article").count(), 10);
    assert.match((await bar(tab).textContent()) ?? "", /5000 errors/);
    await tab.keyboard.press("Escape");
    await over(tab).waitFor({ state: "hidden" });
    await bar(tab).getByRole("button", { name: "To mend: 50" }).click();
    await over(tab).getByRole("link", { name: "And 40 more: see all problems" }).click();
    await tab.waitForURL(`${preview.origin}/_problems/`);
    await tab.getByRole("heading", { level: 1, name: "5000 errors" }).waitFor();
    await lookedThrough(tab);
    assert.equal(await tab.getByRole("article").count(), 100);
    assert.equal(await tab.getByRole("link", { name: "The ones before" }).count(), 0);
    await tab.getByRole("link", { name: "The next ones" }).click();
    // After the errors come what rules found in the rest of the content.
    const [, last] = /Page 2 of (\d+)/.exec((await tab.getByText("Page 2 of").textContent()) ?? "") ?? [];
    assert.ok(Number(last) >= 50, last);
    await tab.goto(`${preview.origin}/_problems/?page=${last}`);
    await tab.getByText(`Page ${last} of ${last}`).waitFor();
    assert.equal(await tab.getByRole("link", { name: "The next ones" }).count(), 0);
    await preview.write("content/boroughs/barnet/guides/wrong-99.md", page("Mended"));
    await tab.waitForFunction(() => document.querySelector("h1")?.textContent?.startsWith("4950 errors"));
    await preview.change(() => {
      for (const [path] of many.slice(2, 99)) preview.put(path, page("Mended"));
    });
    await tab.waitForFunction(() => document.querySelector("h1")?.textContent?.startsWith("100 errors"));
    await lookedThrough(tab);
    const [, at, of] = /Page (\d+) of (\d+)/.exec((await tab.getByText(/Page \d+ of/).textContent()) ?? "") ?? [];
    assert.ok(at === of && Number(of) < Number(last), `page ${at} of ${of}: what was the last page is the last page there is`);
  });
});

test("warnings of the page are in the bar, and lie over nothing", async () => {
  await editing({}, async (preview, tab) => {
    await preview.replace(FILE, "## In Barnet", "# In Barnet");
    await bar(tab).getByRole("link", { name: "1 warning" }).waitFor();
    const menu = bar(tab).locator("[data-menu=warnings]");
    await menu.locator("summary").click();
    await menu.getByText("# In Barnet").waitFor();
    assert.ok(((await menu.textContent()) ?? "").includes(FILE));
    assert.equal(await over(tab).count(), 0);
    await tab.keyboard.press("Escape");
    await menu.getByText("# In Barnet").waitFor({ state: "hidden" });
    await menu.locator("summary").click();
    await tab.locator("h1").first().click();
    await menu.getByText("# In Barnet").waitFor({ state: "hidden" });
  });
});
