// The live preview: what happens in an open page when files change.

import assert from "node:assert/strict";
import { test } from "node:test";

import { FILE, PAGE, WORDS, bar, hears, lookedThrough, over, page, previewStage, shows, withoutReload } from "./preview.mjs";

const { editing } = previewStage();
const STYLE = "themes/london/assets/css/99-x.css";

test("an edit shows in the open page by itself, at the same place, with the same parts open", async () => {
  await editing({}, async (preview, tab) => {
    const open = () =>
      tab.evaluate(() => [...document.querySelectorAll("details")].map((details) => details.open));
    const summaries = tab.locator("main details > summary:visible");
    await summaries.nth(1).click();
    await summaries.nth(4).click();
    const before = await open();
    assert.ok(before.includes(true) && before.includes(false), "some are open");
    await tab.evaluate(() => scrollTo({ top: 700, behavior: "instant" }));
    await tab.locator("main a:visible").nth(3).evaluate((link) => link.focus({ preventScroll: true }));
    const focused = () => tab.evaluate(() => document.activeElement?.textContent);
    const was = await focused();

    await preview.replace(FILE, WORDS, "Barnet has made, with care, a");
    // The words are there a moment before the script that opens what was open.
    const sameOpen = () =>
      tab.waitForFunction(
        (before) => JSON.stringify([...document.querySelectorAll("details")].map(({ open }) => open)) === before,
        JSON.stringify(before),
      );
    await shows(tab, "Barnet has made, with care, a");
    await sameOpen();
    await tab.waitForFunction(() => Math.abs(scrollY - 700) < 2);
    assert.equal(await focused(), was, "the focus is where it was");

    await preview.replace(FILE, "with care", "with great care");
    await shows(tab, "with great care");
    await sameOpen();
    await tab.waitForFunction(() => Math.abs(scrollY - 700) < 2);
  });
});

test("a page that was scrolled on from the part that its address names stays where it was", async () => {
  await editing({ at: `${PAGE}#part-questions` }, async (preview, tab) => {
    await tab.waitForLoadState("load");
    await tab.evaluate(() => scrollTo({ top: 400, behavior: "instant" }));
    await preview.replace(FILE, WORDS, "Barnet has now made a");
    await shows(tab, "Barnet has now made a");
    await tab.waitForFunction(() => document.readyState === "complete" && Math.abs(scrollY - 400) < 2);
  });
});

test("an edit of another page reaches this one and does not load it again", async () => {
  await editing({}, async (preview, tab) => {
    await withoutReload(preview, tab, async () => {
      const path = "content/london/guides/sen-support.md";
      const generation = await preview.write(path, (text) => `${text}\nOne sentence more.\n`);
      await hears(tab, generation);
    });
  });
});

test("of several open pages those load again that show what has changed", async () => {
  await editing({}, async (preview, tab) => {
    const [shared, other] = [await tab.context().newPage(), await tab.context().newPage()];
    await shared.goto(`${preview.origin}/hub/provision/autism/`);
    await other.goto(`${preview.origin}/barnet/guides/sen-support/`);
    await withoutReload(preview, other, async () => {
      await preview.replace("content/london/provision/autism.md", "have strong interests,", "have great interests,");
      await shows(tab, "have great interests,");
      await shows(shared, "have great interests,");
    });
    await withoutReload(preview, shared, async () => {
      await preview.replace(FILE, WORDS, "Barnet alone made a");
      await shows(tab, "Barnet alone made a");
    });
  });
});

test("a new style is put on without loading the page again", async () => {
  await editing({}, async (preview, tab) => {
    const spacing = (/** @type {string} */ wanted) =>
      tab.waitForFunction((wanted) => {
        const heading = document.querySelector("h1");
        return heading && getComputedStyle(heading).letterSpacing === wanted;
      }, wanted);
    const sheets = () =>
      tab.evaluate(() => [...document.querySelectorAll('link[rel="stylesheet"]')].map((link) => link.href));
    const before = await sheets();
    await withoutReload(preview, tab, async () => {
      await preview.write(STYLE, "h1 { letter-spacing: 7px; }");
      await spacing("7px");
      await preview.write(STYLE, "h1 { letter-spacing: 9px; }");
      await spacing("9px");
    });
    assert.equal((await sheets()).length, before.length, "the old style sheets are gone");
    await withoutReload(preview, tab, async () => {
      await preview.replace("content/boroughs/barnet/borough.yaml", "#0a6c66", "#8a1c66");
      await tab.waitForFunction((before) => {
        const links = [...document.querySelectorAll('link[rel="stylesheet"]')];
        // Nobody has changed what paper looks like.
        const isNew = (/** @type {HTMLLinkElement} */ link) => link.media === "print" || !before.includes(link.href);
        return links.length === before.length && links.every(isNew);
      }, before);
    });
  });
});

test("a changed template loads the page again", async () => {
  await editing({}, async (preview, tab) => {
    await preview.replace("themes/london/templates/pages/entry.html", "<h1", "<p>From the template.</p><h1");
    await shows(tab, "From the template.");
  });
});

test("a page whose file was deleted says so over how it last was, and comes back with the file", async () => {
  const file = "content/boroughs/barnet/training/parents-programme.md";
  await editing({ at: "/barnet/training/parents-programme/" }, async (preview, tab) => {
    const text = preview.read(file);
    await withoutReload(preview, tab, async () => {
      await preview.remove(file);
      await over(tab).getByRole("heading", { name: "This page is no longer there" }).waitFor();
      assert.ok(await tab.locator("main").isVisible(), "the page is beneath");
      await tab.keyboard.press("Escape");
      await over(tab).waitFor({ state: "hidden" });
      await bar(tab).getByRole("button", { name: "Page gone" }).click();
      await over(tab).waitFor();
      await preview.write(file, text);
      await over(tab).waitFor({ state: "detached" });
    });
    await preview.remove(file);
    await over(tab).waitFor();
    await preview.write(file, `${text}\nIt is back, with more.\n`);
    await shows(tab, "It is back, with more.");
  });
});

test("an address without a page shows the page as soon as there is one", async () => {
  const expected = /answer 404|status of 404/;
  await editing({ at: "/barnet/guides/fresh/", expected }, async (preview, tab) => {
    assert.equal(await over(tab).isVisible(), false, "the page for unknown addresses says it itself");
    assert.equal(await tab.locator("main").evaluate((main) => main.inert || Boolean(main.closest("[inert]"))), false);
    await preview.write("content/boroughs/barnet/guides/fresh.md", page("Fresh from the editor"));
    await shows(tab, "Fresh from the editor");
  });
});

test("a whole borough that is deleted and restored is followed too", async () => {
  const expected = /answer 404|status of 404/;
  const borough = page("Borough");
  await editing({ at: "/example/", extra: true, expected }, async (preview, tab) => {
    const text = preview.read("content/boroughs/example/borough.yaml");
    await preview.remove("content/boroughs/example");
    await shows(tab, "There is no such site");
    await preview.write("content/boroughs/example/borough.yaml", text);
    await preview.write("content/boroughs/example/index.md", borough);
    await tab.waitForFunction(() => document.querySelector(".brand"));
  });
});

test("when the program has ended the page says so, and goes on when it is started again", async () => {
  const expected = /_preview\/events|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/;
  await editing({ expected }, async (preview, tab) => {
    const lost = bar(tab).getByText("The preview has stopped");
    const said = tab.locator("#ordinarily-preview .said");
    await hears(tab, 1);
    assert.equal(await lost.isVisible(), false);
    await preview.stop();
    await lost.waitFor();
    assert.match((await said.textContent()) ?? "", /has stopped/, "it is said aloud too");
    await preview.put(FILE, (text) => text.replace(WORDS, "Meanwhile Barnet made a"));
    await preview.startAgain();
    await shows(tab, "Meanwhile Barnet made a");
    await lost.waitFor({ state: "hidden" });

    await withoutReload(preview, tab, async () => {
      await preview.stop();
      await lost.waitFor();
      await preview.startAgain();
      await lost.waitFor({ state: "hidden" });
    });
    assert.equal(await said.textContent(), "");
  });
});

test("a hidden page holds no connection, and catches up when it is seen again", async () => {
  await editing({}, async (preview, tab) => {
    const turn = (/** @type {string} */ state) =>
      tab.evaluate((state) => {
        Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await hears(tab, 1);
    const isNews = (/** @type {{url: () => string}} */ request) => request.url().includes("/_preview/events");
    const closed = tab.waitForEvent("requestfailed", isNews);
    await turn("hidden");
    await closed;
    let asked = 0;
    tab.on("request", (request) => (asked += isNews(request) ? 1 : 0));
    await preview.replace(FILE, WORDS, "Unseen, Barnet made a");
    assert.doesNotMatch((await tab.locator("main").textContent()) ?? "", /Unseen/);
    assert.equal(asked, 0, "it asks for no news while it is hidden");
    await turn("visible");
    await shows(tab, "Unseen, Barnet made a");
  });
});

test("a page that the browser had kept catches up when one goes back to it", async () => {
  await editing({}, async (preview, tab) => {
    await hears(tab, 1);
    await tab.goto(`${preview.origin}/barnet/needs/`);
    await preview.replace(FILE, WORDS, "Elsewhere, Barnet made a");
    await tab.goBack();
    await shows(tab, "Elsewhere, Barnet made a");
  });
});

test("a link to where a site is published leads to its preview, also in a new tab", async () => {
  const files = {
    "content/site.yaml": (/** @type {string} */ text) =>
      `${text}\nbase_urls: {barnet: "https://example.org/barnet/", brent: "https://brent.example/send/"}\n`,
    [FILE]: (/** @type {string} */ text) =>
      `${text}\n[To London](https://example.org/needs/autism/)\n[To Barnet](https://example.org/barnet/needs/adhd/)\n` +
      "[To Brent](https://brent.example/send/needs/?from=here#main)\n[To another](https://elsewhere.example/needs/)\n",
  };
  await editing({ files }, async (preview, tab) => {
    for (const [name, path] of [
      ["To London", "/hub/needs/autism/"],
      ["To Barnet", "/barnet/needs/adhd/"],
      ["To Brent", "/brent/needs/?from=here#main"],
    ]) {
      await tab.goto(preview.origin + PAGE);
      await tab.getByRole("link", { name }).click();
      await tab.waitForURL(preview.origin + path);
    }
    await tab.goto(preview.origin + PAGE);
    const [fresh] = await Promise.all([
      tab.context().waitForEvent("page"),
      tab.getByRole("link", { name: "To London" }).click({ modifiers: ["Control"] }),
    ]);
    await fresh.waitForURL(`${preview.origin}/hub/needs/autism/`);
    const other = tab.getByRole("link", { name: "To another" });
    await other.evaluate((link) => link.addEventListener("click", (event) => event.preventDefault()));
    await other.click();
    assert.equal(await other.getAttribute("href"), "https://elsewhere.example/needs/");
  });
});

test("the menu of sites leads to the same page of another site, or home where there is none", async () => {
  const expected = /answer 404|status of 404/;
  await editing({ expected }, async (preview, tab) => {
    const go = async (/** @type {string} */ site) => {
      await bar(tab).locator("[data-menu=sites] > summary").click();
      await bar(tab).getByRole("link", { name: site, exact: true }).click();
    };
    await go("Brent");
    await tab.waitForURL(`${preview.origin}/brent/provision/autism/`);
    await tab.goto(`${preview.origin}/barnet/training/parents-programme/`);
    await go("Brent");
    await tab.waitForURL(`${preview.origin}/brent/`);
    await go("All sites");
    await tab.waitForURL(`${preview.origin}/`);
  });
});

test("the list of sites follows what happens to them", async () => {
  await editing({ at: "/" }, async (preview, tab) => {
    await tab.getByRole("link", { name: "Kingston upon Thames" }).waitFor();
    await preview.replace("content/boroughs/bexley/borough.yaml", "name: Bexley", "name: Bexley in bloom");
    await shows(tab, "Bexley in bloom");
    await preview.write("content/boroughs/bexley/guides/wrong.md", page("Wrong", "reveiwed: 2026-01-01\n"));
    await shows(tab, "1 error");
    await tab.locator("main").getByRole("link", { name: "1 error" }).click();
    await shows(tab, "content/boroughs/bexley/guides/wrong.md");
    await preview.remove("content/boroughs/bexley/guides/wrong.md");
    await shows(tab, "No problems");
  });
});

test("no page asks another host, makes an error or breaks its policy, and all stay still", async () => {
  for (const at of ["/", "/_problems/", "/hub/", "/barnet/", PAGE, "/barnet/needs/", "/barnet/a-z/", "/example/ar/places/unit/", "/hub/files/sen-support-record.html"]) {
    await editing({ at, extra: true }, async (preview, tab) => {
      // The made-up borough has links to what it hides. The preview's own pages load again, once,
      // when all links have been followed and that is known.
      if (at === "/") await tab.waitForFunction(() => document.querySelector("main")?.textContent?.includes("warning"));
      if (at === "/_problems/") await lookedThrough(tab);
      // What rules find in the file that is edited at the end is on that list too: it may change.
      else await withoutReload(preview, tab, () => hears(tab, 1));
    });
  }
});
