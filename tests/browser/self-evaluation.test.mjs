// A school rates itself: what it says stays on the device, goes out only as a file, comes back in,
// survives a new edition, and is there without a connection.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { PHONE, load, stage, wrongs } from "./browser.mjs";
import { sites } from "./sites.mjs";

const { inTab, url, origin, offline } = stage();
const site = sites.includes("barnet") ? "barnet" : sites[0];
const address = "self-evaluation/";
const page = { site, kind: "self-evaluation", address, file: "" };
const first = "[data-key] >> nth=0";

/** @param {import("playwright-core").Page} tab */
async function open(tab) {
  await load(tab, url(page));
  await tab.locator("[data-self-evaluation]").waitFor();
}

/** What the browser keeps of it. @param {import("playwright-core").Page} tab */
const kept = (tab) =>
  tab.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.includes("self-evaluation"));
    return key ? { key, state: JSON.parse(localStorage.getItem(key) ?? "") } : undefined;
  });

/** Waits until a part says exactly that: a dialog closes, and a file is read, only after the click has returned.
 * @param {import("playwright-core").Page} tab @param {string} part @param {string} words */
async function says(tab, part, words) {
  await tab.waitForFunction(([part, words]) => document.querySelector(`[data-part=${part}]`)?.textContent === words, [part, words]);
}

/** @param {import("playwright-core").Page} tab */
const clear = (tab) => tab.evaluate(() => localStorage.clear());

test("a rating and a note are kept on this device, summed up, and there again later", async () => {
  await inTab({}, async (tab) => {
    const found = wrongs(tab, origin(site));
    await open(tab);
    await clear(tab);
    await open(tab);
    const whole = await tab.locator("[data-part=progress]").textContent();
    assert.match(whole ?? "", /^0 of \d{3} rated$/);
    await tab.locator(first).getByRole("radio", { name: "Partly" }).check();
    await tab.locator(first).getByText("Note and evidence").click();
    await tab.locator(first).getByLabel("What we do now").fill("Timetables <b>on</b> the wall.");
    await tab.locator("#school").fill("Any School");
    await tab.locator("#school").blur();
    await says(tab, "said", "Saved on this device.");
    await says(tab, "count-amber", "1");
    const { key, state } = (await kept(tab)) ?? assert.fail("nothing is kept");
    assert.ok(key.includes(`${site} ${new URL(url(page)).pathname}`), key);
    assert.equal(Object.values(state.answers)[0].note, "Timetables <b>on</b> the wall.");

    await open(tab);
    assert.ok(await tab.locator(first).getByRole("radio", { name: "Partly" }).isChecked());
    assert.equal(await tab.locator(first).getByLabel("What we do now").inputValue(), "Timetables <b>on</b> the wall.");
    await tab.locator(first).getByRole("button", { name: "Take this rating away" }).click();
    await says(tab, "count-amber", "0");
    assert.deepEqual(found, []);
  });
});

test("a copy is saved, opened elsewhere, and added to what is there; nonsense is refused", async () => {
  await inTab({}, async (tab) => {
    await open(tab);
    await clear(tab);
    await open(tab);
    await tab.locator(first).getByRole("radio", { name: "In place" }).check();
    const saved = tab.waitForEvent("download");
    await tab.getByRole("button", { name: "Save a copy" }).click();
    const copy = await (await saved).path();
    const table = tab.waitForEvent("download");
    await tab.getByRole("button", { name: "As a table (CSV)" }).click();
    const csv = readFileSync(await (await table).path(), "utf8");
    assert.ok(csv.startsWith('\ufeff"Need","Expectation","Rating"') && csv.includes('"In place"'), csv);

    await clear(tab);
    await open(tab);
    await tab.locator("[data-key] >> nth=1").getByRole("radio", { name: "Not yet" }).check();
    const bad = join(tmpdir(), `not-a-copy-${process.pid}.json`);
    writeFileSync(bad, '{"version": 9}');
    await tab.locator("[data-part=file]").setInputFiles(bad);
    await tab.locator("[data-part=said]", { hasText: "not a copy" }).waitFor({ state: "attached" });
    await tab.locator("[data-part=file]").setInputFiles({ name: "copy.json", mimeType: "application/json", buffer: readFileSync(copy) });
    await tab.getByRole("button", { name: "Add to mine" }).click();
    await says(tab, "count-green", "1");
    await says(tab, "count-red", "1");
  });
});

test("answers to what is no longer expected are kept and said", async () => {
  await inTab({}, async (tab) => {
    await open(tab);
    await clear(tab);
    await open(tab);
    await tab.locator(first).getByRole("radio", { name: "In place" }).check();
    const { key, state } = (await kept(tab)) ?? assert.fail("nothing is kept");
    state.answers["provision/gone#gone"] = { rating: "red", note: "As it was", text: "Do what is gone.", on: "2025-01-01" };
    state.answers["__proto__x"] = "nonsense";
    await tab.evaluate(([key, text]) => localStorage.setItem(key, text), [key, JSON.stringify(state)]);
    await open(tab);
    const said = await tab.locator("[data-part=vanished]").textContent();
    assert.ok(said?.includes("Do what is gone.: Not yet · As it was"), said ?? "");
    await tab.locator("[data-key] >> nth=1").getByRole("radio", { name: "Partly" }).check();
    const after = (await kept(tab)) ?? assert.fail("nothing is kept");
    assert.equal(after.state.answers["provision/gone#gone"].rating, "red");
  });
});

test("opened once, it works without a connection, and no other page is touched", async () => {
  await offline(async (tab, cut) => {
    await open(tab);
    await tab.locator("[data-part=offline]").waitFor();
    // Everything that the page asked to be kept is there.
    await tab.waitForFunction(async () => {
      const [name] = await caches.keys();
      const kept = name ? await (await caches.open(name)).keys() : [];
      return kept.some(({ url }) => url.endsWith("expectations.json")) && kept.some(({ url }) => url.endsWith("/self-evaluation/"));
    });
    await cut(true);
    await tab.reload();
    await tab.locator(first).getByRole("radio", { name: "In place" }).check();
    await says(tab, "count-green", "1");
    await cut(false);
    const scopes = await tab.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope));
    assert.deepEqual(scopes, [url(page)]);
  });
});

test("on paper it is a table of what was answered", async () => {
  await inTab({}, async (tab) => {
    await open(tab);
    await clear(tab);
    await open(tab);
    await tab.evaluate(() => (window.print = () => {}));
    await tab.locator(first).getByRole("radio", { name: "In place" }).check();
    await tab.getByRole("button", { name: "Print", exact: true }).click();
    await tab.emulateMedia({ media: "print" });
    assert.equal(await tab.locator(".report tbody tr").count(), 1);
    assert.ok(await tab.locator(".report").isVisible());
    assert.equal(await tab.locator("[data-part=list]").isVisible(), false);
    await tab.emulateMedia({ media: "screen" });
  });
});

test("by keyboard alone on a telephone, one goes from need to need and rates", async () => {
  await inTab({ viewport: PHONE }, async (tab) => {
    await open(tab);
    await clear(tab);
    await open(tab);
    const before = await tab.locator("[data-part=title]").textContent();
    await tab.locator("[data-do=after]").focus();
    await tab.keyboard.press("Enter");
    const title = tab.locator("[data-part=title]");
    assert.notEqual(await title.textContent(), before);
    assert.ok(await title.evaluate((element) => element === document.activeElement), "the heading has the focus");
    await tab.locator(first).getByRole("radio").first().focus();
    await tab.keyboard.press("Space");
    await tab.keyboard.press("ArrowRight");
    await says(tab, "count-amber", "1");
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= PHONE.width, `${wide} px`);
  });
});

test("without JavaScript it says so and leads to the lists on paper", async () => {
  await inTab({ javaScriptEnabled: false }, async (tab) => {
    await load(tab, url(page));
    assert.ok(await tab.getByText("This page needs JavaScript.").isVisible());
    await tab.locator("main a[href$='expectations/']").click();
    await tab.waitForURL(/\/expectations\/$/);
  });
});
