// The live preview: everything that it shows can be seen, reached and read by everybody, on any
// screen, and it leaves the page as it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import axe from "axe-core";

import { NARROW, WIDE } from "./browser.mjs";
import { FILE, PAGE, WORDS, bar, focusShown, hears, lookedThrough, over, page, previewStage, shows } from "./preview.mjs";

/** @typedef {import("playwright-core").Page} Tab */
/** @typedef {import("./preview.mjs").Preview} Preview */

const { editing } = previewStage();
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const MISTAKES = `colour: red\nreveiwed: 2026-09-01\na_field_with_a_very_long_name_that_nobody_would_ever_write_but_that_must_wrap_all_the_same: x\nowner:`;
const LONG = "content/boroughs/barnet/guides/a-guide-whose-name-is-so-long-that-its-path-has-to-wrap-on-every-telephone.md";
const MENUS = ["sites", "warnings", "files"];

/**
 * What there is to look at, each from the page that shows it.
 * @type {{name: string, at?: string, extra?: boolean, arguments?: string[], files?: Record<string, string | ((text: string) => string)>, make?: (preview: Preview, tab: Tab) => Promise<unknown>}[]}
 */
const VIEWS = [
  { name: "the list of sites", at: "/" },
  { name: "the list of no problems", at: "/_problems/" },
  {
    name: "the list of problems",
    at: "/_problems/",
    files: { [FILE]: (text) => text.replace("owner:", MISTAKES).replace("## In", "# In") },
  },
  { name: "an address of no site", at: "/nowhere/" },
  { name: "a page", at: PAGE },
  {
    name: "a draft with warnings, a review that is due, and three files",
    at: `${PAGE}easy-read/`,
    arguments: ["--drafts"],
    files: {
      [FILE]: (text) =>
        text
          .replace(/^reviewed: .*$/m, "reviewed: 2025-01-22\ndraft: true")
          .replace(/^review_by: .*$/m, "review_by: 2026-01-22")
          .replace("## In Barnet", "# In Barnet\n\n# Again"),
    },
  },
  {
    name: "mistakes over a page",
    make: async (preview, tab) => {
      await preview.replace(FILE, "owner:", MISTAKES);
      await over(tab).waitFor();
    },
  },
  {
    name: "a mistake put aside",
    make: async (preview, tab) => {
      await preview.replace(FILE, "owner:", MISTAKES);
      await over(tab).waitFor();
      await tab.keyboard.press("Escape");
    },
  },
  {
    name: "a mistake at a long path, since the start",
    at: `/${LONG.replace("content/boroughs/", "").replace(".md", "")}/`,
    files: { [LONG]: page("Long", `${"long_".repeat(40)}: x\n`) },
  },
  {
    name: "the notice that a page is gone",
    at: "/barnet/training/parents-programme/",
    make: async (preview, tab) => {
      await preview.remove("content/boroughs/barnet/training/parents-programme.md");
      await over(tab).waitFor();
    },
  },
  {
    name: "a page whose program has ended",
    make: async (preview, tab) => {
      await preview.stop();
      await bar(tab).getByText("The preview has stopped").waitFor();
    },
  },
  { name: "a page from right to left", at: "/example/ar/places/unit/", extra: true },
  {
    name: "a mistake over a page from right to left",
    at: "/example/ar/places/unit/",
    extra: true,
    make: async (preview, tab) => {
      await preview.replace("content/boroughs/example/places/unit.ar.md", "translation:", "reveiwed: x\ntranslation:");
      await over(tab).waitFor();
    },
  },
];

for (const { name, make, ...options } of VIEWS) {
  test(`everybody can use ${name}`, async () => {
    // Some views are of addresses without a page, one has no program any more; and axe tries styles
    // that the policy forbids.
    const expected = /answer 404|status of 404|ERR_CONNECTION|_preview\/events|Applying inline style/;
    await editing({ ...options, expected, tab: { viewport: NARROW } }, async (preview, tab) => {
      await tab.waitForFunction(() => document.getElementById("ordinarily-preview")?.dataset.generation);
      await make?.(preview, tab);
      if (tab.url().endsWith("/_problems/")) await lookedThrough(tab);
      await tab.evaluate(axe.source);
      for (const viewport of [NARROW, WIDE]) {
        await tab.setViewportSize(viewport);
        for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
          await tab.emulateMedia({ colorScheme });
          const where = `at ${viewport.width} px, ${colorScheme}`;
          await nothing(tab, where);
          for (const menu of MENUS) {
            const summary = bar(tab).locator(`[data-menu=${menu}] > summary`);
            if (!(await summary.isVisible())) continue;
            await summary.click();
            await nothing(tab, `${where}, with the menu ${menu}`);
            assert.deepEqual(await tab.evaluate(tooFarOrSmall), [], `${where}, with the menu ${menu}`);
            await summary.click();
          }
          assert.deepEqual(await tab.evaluate(tooFarOrSmall), [], where);
        }
      }
    });
  });
}

/** What axe finds. @param {Tab} tab @param {string} where */
async function nothing(tab, where) {
  const found = await tab.evaluate(async (values) => {
    // @ts-ignore: axe was put into the page.
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    return violations.map((violation) => {
      const nodes = violation.nodes.map((node) => `  ${node.target.flat().join(" ")}: ${node.failureSummary}`);
      return [`${violation.id}: ${violation.help}`, ...nodes.slice(0, 5)].join("\n");
    });
  }, TAGS);
  assert.equal(found.join("\n"), "", where);
}

/** Runs in the page: what stands out at a side, is cut off, or is too small to be pressed. */
function tooFarOrSmall() {
  const root = document.documentElement;
  const found = [];
  if (root.scrollWidth > root.clientWidth) found.push(`${root.scrollWidth} px wide`);
  const panel = document.getElementById("ordinarily-preview")?.shadowRoot?.querySelector(".panel");
  for (const element of panel?.querySelectorAll("*") ?? []) {
    const { left, right, width, height } = element.getBoundingClientRect();
    if (width === 0 || !element.checkVisibility()) continue;
    const name = `${element.localName}.${element.className} ${element.textContent?.trim().slice(0, 30)}`;
    if (left < -0.5 || right > root.clientWidth + 0.5) found.push(`out of view: ${name}`);
    if (element.matches("a, button, summary") && (width < 24 || height < 24)) found.push(`small: ${name}`);
    if (element.matches(".bar > *") && element.scrollHeight > element.clientHeight + 1 && !element.matches("details")) {
      found.push(`too low: ${name}`);
    }
    if (element.matches(".bar > :not(details), summary, .sheet, .problem, .menu > :not(summary)") && element.scrollWidth > element.clientWidth + 1) {
      if (getComputedStyle(element).textOverflow !== "ellipsis") found.push(`cut off: ${name}`);
    }
  }
  const parts = [...(panel?.querySelectorAll(".bar > *") ?? [])].filter((part) => part.checkVisibility());
  for (const [at, part] of parts.entries()) {
    const next = parts[at + 1]?.getBoundingClientRect();
    if (next && part.getBoundingClientRect().right > next.left + 0.5) found.push(`over its neighbour: ${part.textContent?.trim()}`);
  }
  return found;
}

test("the bar works with the keyboard alone", async () => {
  await editing({}, async (preview, tab) => {
    await hears(tab, 1);
    const focused = () => tab.evaluate(focusShown);
    await tab.keyboard.press("Shift+Tab");
    assert.deepEqual(await focused(), { name: "summary Edit this page", problem: "" });
    await tab.keyboard.press("Enter");
    await tab.keyboard.press("Tab");
    assert.deepEqual(await focused(), { name: `a ${FILE}`, problem: "" });
    await tab.keyboard.press("Escape");
    assert.deepEqual(await focused(), { name: "summary Edit this page", problem: "" });
    assert.equal(await bar(tab).locator("[data-menu][open]").count(), 0);
    // Between the two is the link to what the rules found in the whole preview.
    await tab.keyboard.press("Shift+Tab");
    assert.match((await focused()).name, /^a \d+ to look at$/);
    await tab.keyboard.press("Shift+Tab");
    await tab.keyboard.press("Space");
    assert.equal(await bar(tab).locator("[data-menu=sites][open]").count(), 1);
    await tab.keyboard.press("Tab");
    await tab.keyboard.press("Tab");
    assert.equal((await focused()).problem, "");
    const { name } = await focused();
    const generation = await preview.replace(FILE, "## In Barnet", "# In Barnet");
    await hears(tab, generation);
    await shows(tab, "In Barnet");
    await tab.keyboard.press("Tab");
    assert.equal((await focused()).problem, "", `after ${name}`);
  });
});

test("an open menu keeps its place and its focus when the bar has something new", async () => {
  await editing({}, async (preview, tab) => {
    await hears(tab, 1);
    await bar(tab).locator("[data-menu=files] > summary").press("Enter");
    await tab.keyboard.press("Tab");
    const before = await tab.evaluate(focusShown);
    await preview.write("content/boroughs/bexley/guides/wrong.md", page("Wrong", "reveiwed: 2026-01-01\n"));
    await bar(tab).getByText("1 error").waitFor();
    assert.deepEqual(await tab.evaluate(focusShown), before);
    assert.equal(await bar(tab).locator("[data-menu=files][open]").count(), 1);
  });
});

test("the bar never lies over what has the focus", async () => {
  await editing({ tab: { viewport: NARROW } }, async (_, tab) => {
    for (let stop = 1; stop <= 40; stop += 1) {
      await tab.keyboard.press("Tab");
      const { name, problem } = await tab.evaluate(focusShown);
      assert.equal(problem, "", `stop ${stop}, ${name}`);
    }
  });
});

test("without colours of one's own everything still has its shape", async () => {
  await editing({ tab: { forcedColors: "active" } }, async (preview, tab) => {
    await preview.replace(FILE, "owner:", MISTAKES);
    await over(tab).waitFor();
    const line = (/** @type {string} */ selector, /** @type {string} */ side) =>
      tab.locator(`#ordinarily-preview ${selector}`).first().evaluate((element, side) => {
        const style = getComputedStyle(element);
        const width = style.getPropertyValue(`border-${side}-width`);
        return parseFloat(width) > 0 && style.getPropertyValue(`border-${side}-color`) !== style.backgroundColor;
      }, side);
    for (const [selector, side] of [[".bar", "top"], [".bar .state", "top"], [".sheet", "left"], [".btn", "top"], [".code", "top"], [".help", "top"], [".code .meant", "left"]]) {
      assert.ok(await line(selector, side), `${selector} has an edge`);
    }
    const mark = tab.locator("#ordinarily-preview .meant em").first();
    assert.match(await mark.evaluate((mark) => getComputedStyle(mark).textDecorationLine), /underline/);
    assert.equal((await tab.evaluate(focusShown)).problem, "");
  });
});

test("nothing moves by itself", async () => {
  await editing({ tab: { reducedMotion: "no-preference" } }, async (preview, tab) => {
    await preview.replace(FILE, "owner:", MISTAKES);
    await over(tab).waitFor();
    const moving = await tab.evaluate(() => {
      const all = document.getElementById("ordinarily-preview")?.shadowRoot?.querySelectorAll("*") ?? [];
      return [...all].filter((element) => {
        const { transitionDuration, animationName } = getComputedStyle(element);
        return transitionDuration !== "0s" || animationName !== "none";
      }).length;
    });
    assert.equal(moving, 0);
  });
});

test("the page stands as it would without the preview, but for some room at its end", async () => {
  for (const viewport of [NARROW, WIDE]) {
    await editing({ tab: { viewport } }, async (_, tab) => {
      await hears(tab, 1);
      const { moved, room } = await tab.evaluate(() => {
        const host = document.getElementById("ordinarily-preview");
        const all = [...document.querySelectorAll("body *")].filter((element) => element !== host);
        const places = () =>
          all.map((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            return [x, y, width, height].join(" ");
          });
        const [before, high] = [places(), document.documentElement.scrollHeight];
        host?.remove();
        const after = places();
        const moved = all.filter((_, at) => before[at] !== after[at]).map((element) => element.outerHTML.slice(0, 80));
        return { moved, room: high - document.documentElement.scrollHeight };
      });
      assert.deepEqual(moved, []);
      assert.ok(room > 40 && room < 80, `${room} px at the end`);
    });
  }
});

test("no theme reaches the bar", async () => {
  const files = {
    "themes/london/assets/css/99-x.css": "div, section, details { display: none !important; color: red; font-size: 1px; opacity: 0; transform: none; }",
  };
  await editing({ files, at: "/barnet/a-z/" }, async (_, tab) => {
    await bar(tab).getByText("No problems").waitFor();
    const size = await bar(tab).evaluate((bar) => getComputedStyle(bar).fontSize);
    assert.equal(size, "15px");
  });
});

test("paper shows nothing of the preview", async () => {
  await editing({}, async (preview, tab) => {
    await preview.replace(FILE, "owner:", MISTAKES);
    await over(tab).waitFor();
    await tab.emulateMedia({ media: "print" });
    assert.equal(await bar(tab).isVisible(), false);
    assert.equal(await over(tab).isVisible(), false);
    assert.ok(await tab.getByText(WORDS).isVisible());
    await tab.goto(`${preview.origin}/_problems/`);
    await tab.emulateMedia({ media: "print" });
    assert.equal(await bar(tab).isVisible(), false);
    assert.ok(await tab.getByText(FILE).first().isVisible());
  });
});

test("the preview adds at most 8 KB of style and script as gzip", async () => {
  await editing({}, async (preview, tab) => {
    const html = await (await fetch(preview.origin + PAGE)).text();
    const own = [...html.matchAll(/"(\/_preview\/[^"]+\.(?:css|js))"/g)].map(([, path]) => path);
    assert.equal(new Set(own).size, 2, own.join(" "));
    let weight = 0;
    for (const path of own) {
      weight += gzipSync(Buffer.from(await (await fetch(preview.origin + path)).arrayBuffer())).length;
    }
    assert.ok(weight <= 8 * 1024, `${weight} bytes`);
    await hears(tab, 1);
  });
});
