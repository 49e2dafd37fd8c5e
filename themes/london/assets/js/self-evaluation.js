// A school rates itself. Everything stays on this device: the ratings are kept by the browser, and
// leave it only as a file that somebody saves.

/**
 * @typedef {{key: string, address: string, word: string, tier: string, tier_title: string, text: string, detail: ?string, ages: string[], who: string[], indicators: ?{green: ?string, amber: ?string, red: ?string}}} Item
 * @typedef {{id: string, title: string, area: ?string, items: Item[]}} Subject
 * @typedef {{rating?: "red" | "amber" | "green", note?: string, evidence?: string, text: string, on: string}} Answer
 * @typedef {{version: 1, site: string, school: string, edition: string, answers: Record<string, Answer>}} State
 */

const root = document.querySelector("[data-self-evaluation]");
const words = root.dataset;
const RATINGS = ["green", "amber", "red"];
const LONGEST = 5000;
const memory = `ordinarily self-evaluation ${words.site} ${location.pathname.replace(/index\.html$/, "")}`;
const part = (name) => root.querySelector(`[data-part=${name}]`);
const copyOf = (name) => root.querySelector(`template[data-template=${name}]`).content.firstElementChild.cloneNode(true);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

/** @type {Subject[]} */
let subjects = [];
/** @type {Map<string, Item>} */
const items = new Map();
/** @type {State} */
let state;

const fresh = () => ({ version: 1, site: words.site, school: "", edition: "", answers: Object.create(null) });

/** Text of any origin as a state; throws what is wrong with it. @param {string} text @returns {State} */
const read = (text) => {
  const given = JSON.parse(text);
  if (given?.version !== 1 || typeof given.answers !== "object" || given.answers === null) throw new Error("other");
  const short = (value) => (typeof value === "string" ? value.slice(0, LONGEST) : "");
  const state = fresh();
  state.school = short(given.school);
  state.edition = short(given.edition);
  for (const [key, answer] of Object.entries(given.answers)) {
    if (typeof answer !== "object" || answer === null) continue;
    const rating = RATINGS.includes(answer.rating) ? answer.rating : undefined;
    state.answers[key] = { rating, note: short(answer.note), evidence: short(answer.evidence), text: short(answer.text), on: short(answer.on) };
  }
  return state;
};

const load = () => {
  try {
    const kept = localStorage.getItem(memory);
    return kept ? read(kept) : fresh();
  } catch {
    return fresh();
  }
};

const say = (text) => {
  part("said").textContent = text;
};

const save = () => {
  try {
    localStorage.setItem(memory, JSON.stringify(state));
    say(words.saved);
  } catch {
    say(words.unsaved);
  }
};

/** @param {Iterable<Item>} of */
const tally = (of) => {
  const count = { green: 0, amber: 0, red: 0, none: 0, all: 0 };
  for (const item of of) {
    count[state.answers[item.key]?.rating ?? "none"] += 1;
    count.all += 1;
  }
  return count;
};

/** Draws a bar whose parts are as long as there are answers; the words beside it say the same. */
const draw = (bar, count) => {
  bar.setAttribute("viewBox", `0 0 ${Math.max(count.all, 1)} 1`);
  let x = 0;
  for (const rating of RATINGS) {
    const piece = bar.querySelector(`.${rating}`);
    piece.setAttribute("x", x);
    piece.setAttribute("width", count[rating]);
    x += count[rating];
  }
};

const showSummary = () => {
  const all = tally(items.values());
  draw(part("bar"), all);
  for (const rating of [...RATINGS, "none"]) part(`count-${rating}`).textContent = all[rating];
  const rows = subjects.map((subject) => {
    const count = tally(subject.items);
    const row = copyOf("line");
    const link = row.querySelector("a");
    link.textContent = subject.title;
    link.dataset.subject = subject.id;
    for (const rating of [...RATINGS, "none"]) row.querySelector(`[data-count=${rating}]`).textContent = count[rating];
    draw(row.querySelector("svg"), count);
    return row;
  });
  part("lines").replaceChildren(...rows);
  const rated = all.all - all.none;
  part("progress").textContent = fill(words.rated, { rated, total: all.all });
};

const showOptions = () => {
  const chosen = part("subject").value;
  const groups = new Map();
  for (const subject of subjects) {
    const area = subject.area ?? "";
    if (!groups.has(area)) groups.set(area, []);
    const { all, none } = tally(subject.items);
    const option = new Option(`${subject.title} (${all - none}/${all})`, subject.id);
    groups.get(area).push(option);
  }
  const shown = [...groups].flatMap(([area, options]) => {
    if (!area) return options;
    const group = document.createElement("optgroup");
    group.label = area;
    group.append(...options);
    return group;
  });
  part("subject").replaceChildren(...shown);
  if (chosen) part("subject").value = chosen;
};

/** @param {Item} item */
const itemElement = (item) => {
  const element = copyOf("item");
  const answer = state.answers[item.key];
  const modal = element.querySelector(".modal");
  modal.classList.add(item.word);
  modal.textContent = words[item.word];
  element.querySelector(".says").textContent = item.text;
  element.querySelector(".detail").textContent = item.detail ?? "";
  element.querySelector(".detail").hidden = !item.detail;
  const facts = [item.tier_title, item.ages.join(", "), item.who.join(", ")].filter(Boolean);
  element.querySelector(".facts").replaceChildren(...facts.map((fact) => Object.assign(document.createElement("li"), { textContent: fact })));
  element.querySelector("legend").textContent = fill(words.question, { text: item.text });
  for (const input of element.querySelectorAll("input[type=radio]")) {
    input.name = `rating ${item.key}`;
    input.checked = answer?.rating === input.value;
    const told = item.indicators?.[input.value];
    if (told) {
      const indicator = element.querySelector(`[data-indicator=${input.value}]`);
      indicator.querySelector("dd").textContent = told;
      indicator.hidden = false;
      element.querySelector("[data-indicators]").hidden = false;
    }
  }
  for (const field of element.querySelectorAll("textarea")) {
    field.id = `${field.name} ${item.key}`.replace(/\W+/g, "-");
    field.previousElementSibling.htmlFor = field.id;
    field.value = answer?.[field.name] ?? "";
    field.maxLength = LONGEST;
  }
  element.querySelector("[data-notes]").open = Boolean(answer?.note || answer?.evidence);
  element.querySelector("[data-clear]").hidden = !answer?.rating;
  element.dataset.key = item.key;
  return element;
};

const showList = () => {
  const subject = subjects.find((known) => known.id === part("subject").value) ?? subjects[0];
  if (!subject) return;
  const age = part("age").value;
  const shown = subject.items.filter((item) => !age || item.ages.length === 0 || item.ages.includes(age));
  part("title").textContent = subject.title;
  part("list").replaceChildren(...shown.map(itemElement));
  part("empty").hidden = shown.length > 0;
  const at = subjects.indexOf(subject);
  part("before").hidden = at === 0;
  part("after").hidden = at === subjects.length - 1;
};

/** Answers to what is no longer expected, or no longer under the same name: kept, and said. */
const showVanished = () => {
  const vanished = Object.entries(state.answers).filter(([key, answer]) => !items.has(key) && (answer.rating || answer.note || answer.evidence));
  part("vanished").hidden = vanished.length === 0;
  const lines = vanished.map(([key, answer]) => {
    const line = document.createElement("li");
    const said = [answer.rating && words[answer.rating], answer.note, answer.evidence].filter(Boolean).join(" · ");
    line.textContent = `${answer.text || key}: ${said}`;
    return line;
  });
  part("vanished-list").replaceChildren(...lines);
};

const show = () => {
  part("school").value = state.school;
  showSummary();
  showOptions();
  showList();
  showVanished();
};

/** @param {HTMLElement} element an item's element @param {Partial<Answer>} change */
const answer = (element, change) => {
  const { key } = element.dataset;
  const item = items.get(key);
  const on = new Date().toISOString().slice(0, 10);
  state.answers[key] = { ...state.answers[key], ...change, text: item.text, on };
  element.querySelector("[data-clear]").hidden = !state.answers[key].rating;
  state.edition = words.edition ?? "";
  save();
  showSummary();
  showOptions();
};

const choose = (id) => {
  part("subject").value = id;
  showList();
  part("title").focus();
};

root.addEventListener("change", (event) => {
  const element = event.target.closest("[data-key]");
  if (element && event.target.type === "radio") answer(element, { rating: event.target.value });
  else if (element) answer(element, { [event.target.name]: event.target.value });
  else if (event.target === part("subject") || event.target === part("age")) showList();
  else if (event.target === part("school")) {
    state.school = event.target.value;
    save();
  } else if (event.target === part("file")) open(event.target);
});

root.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-subject]");
  const element = event.target.closest("[data-key]");
  const button = event.target.closest("button[data-do]");
  if (link) {
    event.preventDefault();
    choose(link.dataset.subject);
  } else if (button?.dataset.do === "clear" && element) {
    answer(element, { rating: undefined });
    for (const input of element.querySelectorAll("input[type=radio]")) input.checked = false;
    element.querySelector("input[type=radio]").focus();
  } else if (button) actions[button.dataset.do]?.();
});

/** @param {string} name @param {string} type @param {string} text */
const download = (name, type, text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

const nameOf = (ending) => {
  const school = state.school.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return `self-evaluation-${school || words.site}-${new Date().toISOString().slice(0, 10)}.${ending}`;
};

/** Every answer with what it answers, subject by subject. */
const rows = () =>
  subjects.flatMap((subject) =>
    subject.items.filter((item) => state.answers[item.key]).map((item) => ({ subject, item, answer: state.answers[item.key] })),
  );

const step = (by) => {
  const at = subjects.findIndex((subject) => subject.id === part("subject").value) + by;
  if (subjects[at]) choose(subjects[at].id);
};

const actions = {
  before: () => step(-1),
  after: () => step(1),
  print: () => {
    const lines = rows().map(({ subject, item, answer }) => {
      const row = document.createElement("tr");
      const cells = [subject.title, item.text, answer.rating ? words[answer.rating] : "", answer.note, answer.evidence];
      row.replaceChildren(...cells.map((text) => Object.assign(document.createElement("td"), { textContent: text ?? "" })));
      return row;
    });
    part("report-school").textContent = state.school;
    part("report").replaceChildren(...lines);
    print();
  },
  csv: () => {
    const cell = (text) => `"${(text ?? "").replaceAll('"', '""')}"`;
    const head = [words.columnSubject, words.columnText, words.columnRating, words.columnNote, words.columnEvidence, words.columnOn];
    const lines = rows().map(({ subject, item, answer }) => [subject.title, item.text, answer.rating ? words[answer.rating] : "", answer.note, answer.evidence, answer.on]);
    const text = [head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n");
    download(nameOf("csv"), "text/csv;charset=utf-8", `\ufeff${text}\r\n`);
  },
  save: () => download(nameOf("json"), "application/json", JSON.stringify(state, null, 1)),
  open: () => part("file").click(),
  restart: () => ask("restart", () => fresh()),
};

/** Asks before anything is lost. @param {string} question @param {(how: string) => State} then */
const ask = (question, then) => {
  const dialog = part(`ask-${question}`);
  dialog.returnValue = "";
  dialog.addEventListener(
    "close",
    () => {
      if (!dialog.returnValue) return;
      state = then(dialog.returnValue);
      save();
      show();
    },
    { once: true },
  );
  dialog.showModal();
};

/** Opens a copy that somebody saved. @param {HTMLInputElement} input */
const open = async (input) => {
  const [file] = input.files;
  input.value = "";
  if (!file) return;
  let copy;
  try {
    copy = read(await file.text());
  } catch {
    say(words.unreadable);
    return;
  }
  const merged = (how) => {
    if (how === "replace") return copy;
    const answers = { ...state.answers };
    for (const [key, theirs] of Object.entries(copy.answers)) {
      if (!answers[key] || theirs.on > answers[key].on) answers[key] = theirs;
    }
    return { ...state, school: state.school || copy.school, answers };
  };
  const count = Object.keys(copy.answers).length;
  part("ask-open-count").textContent = fill(words.copyHas, { n: count, school: copy.school });
  if (Object.keys(state.answers).length > 0) ask("open", merged);
  else {
    state = copy;
    save();
    show();
  }
};

/** Another tab has written: what it wrote is shown here too. */
addEventListener("storage", (event) => {
  if (event.key !== memory) return;
  state = load();
  show();
});

/** The site as it is published keeps the page for times without a connection; its preview never does. */
const keepOffline = async () => {
  if (!("serviceWorker" in navigator) || document.getElementById("ordinarily-preview")) return;
  try {
    await navigator.serviceWorker.register(words.worker);
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const own = [location.href.split("#")[0], new URL(words.data, location.href).href, ...loaded];
    const files = [...new Set(own)].filter((file) => file.startsWith(location.origin) && !file.endsWith("sw.js"));
    active?.postMessage({ files: files.map((file) => file.split("#")[0]) });
    part("offline").hidden = false;
  } catch {
    // Without it the page works as long as there is a connection.
  }
};

const start = async () => {
  document.querySelector("[data-without-script]").hidden = true;
  try {
    const response = await fetch(words.data);
    if (!response.ok) throw new Error(String(response.status));
    const all = await response.json();
    subjects = all.subjects;
    words.edition = all.edition;
  } catch {
    document.querySelector("[data-failed]").hidden = false;
    return;
  }
  for (const item of subjects.flatMap((subject) => subject.items)) items.set(item.key, item);
  state = load();
  const ages = new Set([...items.values()].flatMap((item) => item.ages));
  part("age").append(...[...ages].map((age) => new Option(age, age)));
  root.hidden = false;
  show();
  const wanted = new URLSearchParams(location.search).get("need");
  if (wanted && subjects.some((subject) => subject.id === wanted)) choose(wanted);
  await keepOffline();
};

start();
