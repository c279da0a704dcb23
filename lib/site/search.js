/* regwatch: the search of the site. It knows nothing until somebody asks; then it reads as much of the index as it needs (search_index.js), and stops when a
 * page of results is full. */
"use strict";
(() => {
const PAGE = 20;		/* results shown at once */
const FIRST = 1;		/* that are shown before the others are loaded */
const BEGINNING = 3;		/* letters of the last word that make it a beginning: fewer begin too many words */
const WORDS = 12;		/* of a question */
const SYMBOLS = 6;		/* documents shown for a symbol before the words are looked for */
const FIRST_YEAR = 1899, CHUNKS = 64;	/* of the numbers of segments in the pieces of symbols */

const form = document.getElementById("search");
const input = document.getElementById("search-words");
const status = document.getElementById("search-status");
const list = document.getElementById("search-results");
const more = document.getElementById("search-more");
if (!form || !input || !status || !list || !more)
	return;
const { manifest, piece, eachEntry, load, hitsFor, Reader, hex } = regwatchSearch(form.dataset.index);
let rules;

/* ---- words: as the program folds them (utf8_fold) ---- */

const LETTER = /[\p{L}\p{N}]/u, MARK = /[\p{M}\p{Cf}]/u;
const PLAIN = { "æ": "ae", "ø": "o", "đ": "d", "ı": "i", "ł": "l", "œ": "oe", "\u0345": "ι" };

/* Case folding, which is lower case but for Cherokee. */
function foldCase(letter) {
	const upper = letter.toUpperCase();
	return /[\u13a0-\u13f5]/.test(upper) ? upper : upper.toLowerCase();
}

function foldLetter(letter) {
	let out = "";
	for (const part of foldCase(foldCase(letter).normalize("NFKD"))) {
		if (PLAIN[part])
			out += PLAIN[part];
		else if (LETTER.test(part))
			out += part === "ς" ? "σ" : part;
		else if (!MARK.test(part))
			out += " ";
	}
	return out;
}

function fold(text) {
	let out = " ";
	for (const letter of text) {
		if (LETTER.test(letter))
			out += foldLetter(letter);
		else if (!MARK.test(letter))
			out += " ";
	}
	return (out + " ").replace(/ +/g, " ");
}

function wordsOf(text) {
	const words = fold(text).split(" ").filter(w => [...w].length > 1 && !rules.stop.has(w)).map(w => [...w].slice(0, rules.letters).join(""));
	return [...new Set(words)].slice(0, WORDS);
}

/* May the word be the start of one? The last one as typed. */
function isBeginning(words, i) {
	return i === words.length - 1 && words[i].length >= BEGINNING;
}

/* ---- symbols: "G/TBT/N/USA/2211", "usa 2211", "2024/0321/FI" ---- */

function symbolKeys(parts) {
	const keys = [];
	const number = s => /^\d{1,5}$/.test(s || ""), code = s => /^[a-z]{1,4}$/.test(s || "");
	for (let i = 0; i < parts.length && keys.length < 4; i++) {
		if (code(parts[i]) && number(parts[i + 1]))
			keys.push([parts[i] + Number(parts[i + 1]), Number(parts[i + 1])]);
		if (/^\d{4}$/.test(parts[i]) && number(parts[i + 1]) && code(parts[i + 2]))
			keys.push([Number(parts[i]) + parts.slice(i + 2).filter(code).join("") + Number(parts[i + 1]), Number(parts[i + 1])]);
	}
	return keys;
}

async function symbolHits(query) {
	const asked = fold(query).trim(), parts = asked.split(" "), [files, stamp] = rules.symbols, hits = [];
	const tailed = /\b(add|rev|corr|suppl) ?\d/.test(asked), area = parts.find(p => p === "tbt" || p === "sps");
	for (const [key, number] of symbolKeys(parts)) {
		eachEntry(await piece("symbols/" + hex(number % files), stamp), (entry, packed) => {
			const r = new Reader(packed);
			while (entry === key && r.at < packed.length) {
				const n = r.number(), year = Math.floor(n / CHUNKS), doc = r.number();
				const segment = rules.byKey.get((year ? year + FIRST_YEAR : 0) + "-" + n % CHUNKS);
				if (segment)
					hits.push({ segment, doc });
			}
		});
	}
	const found = await Promise.all(hits.slice(0, tailed ? 200 : SYMBOLS).map(load));
	const rank = r => {
		const id = fold(r.id).trim();
		return id === asked ? 0 : id.startsWith(asked) ? 1 : asked.startsWith(id) ? 2 : 3;
	};
	return found.filter(r => !area || fold(r.id).includes(" " + area + " ")).map(r => [rank(r), r]).sort((a, b) => a[0] - b[0]).map(([, r]) => r)
		.slice(0, SYMBOLS);
}

/* Is there nothing but symbols in the question? */
function onlySymbol(query, found) {
	const id = found.length ? fold(found[0].id) + fold(found[0].member) : "";
	return id !== "" && fold(query).trim().split(" ").every(p => id.includes(" " + p + " ") || /^0*\d+$/.test(p));
}

/* ---- showing ---- */

function element(name, className, text) {
	const e = document.createElement(name);
	if (className)
		e.className = className;
	if (text)
		e.append(text);
	return e;
}

/* The title with the words that were found in it. */
function marked(title, words) {
	const out = document.createDocumentFragment();
	for (const part of title.split(/([\p{L}\p{N}\p{M}]+)/u)) {
		const folded = fold(part).trim();
		const hit = folded !== "" && words.some((w, i) => isBeginning(words, i) ? folded.startsWith(w) : folded.slice(0, rules.letters) === w);
		out.append(hit ? element("mark", "", part) : part);
	}
	return out;
}

function resultOf(r, words) {
	const item = element("li"), link = element("a"), about = element("p", "quiet");
	link.href = (form.dataset.root || "") + r.path;
	link.dir = "auto";
	if (r.lang)
		link.lang = r.lang;
	link.append(r.title ? marked(r.title, words) : r.id);
	about.append(element("span", "symbol", r.id), r.member ? ", " + r.member : "");
	if (r.date) {
		const time = element("time", "", r.date);
		time.dateTime = r.date;
		about.append(", ", time);
	}
	item.append(link, about);
	return item;
}

/* ---- a question and its answers so far ---- */

let current = { query: "" };

async function begin(query) {
	const q = current = { query, hits: [], more: null, done: false, shown: new Set(), words: [], symbolOnly: false };
	list.replaceChildren();
	more.hidden = true;
	if (query.trim() === "") {
		status.textContent = "";
		return;
	}
	status.textContent = "Searching …";
	try {
		rules = await manifest();
		q.words = wordsOf(query);
		q.more = hitsFor(q.words.map((word, i) => [word, isBeginning(q.words, i)]));
		const symbols = await symbolHits(query);
		if (q !== current)
			return;
		q.symbolOnly = onlySymbol(query, symbols);
		show(q, symbols);
		if (q.symbolOnly)
			tell(q);
		else
			await go(q);
	} catch {
		failed(q);
	}
}

function failed(q) {
	if (q === current)
		status.textContent = "A part of the index could not be loaded. Try again, or use the lists below.";
}

function show(q, results) {
	for (const r of results) {
		if (q.shown.has(r.id))
			continue;
		q.shown.add(r.id);
		list.append(resultOf(r, q.words));
	}
}

/* Goes on until another page of results is shown or all years were read. */
async function go(q) {
	const wanted = q.shown.size + PAGE;
	q.symbolOnly = false;
	while (q === current && q.words.length > 0 && q.shown.size < wanted && (q.hits.length > 0 || !q.done)) {
		if (q.hits.length === 0) {
			const next = await q.more.next();
			q.done = next.done;
			q.hits = next.value || [];
		}
		const room = Math.max(1, Math.min(q.shown.size > 0 ? PAGE : FIRST, wanted - q.shown.size));
		const results = await Promise.all(q.hits.splice(0, room).map(load));
		if (q === current)
			show(q, results);
	}
	if (q === current)
		tell(q);
}

function tell(q) {
	const n = q.shown.size, left = q.words.length > 0 && (q.hits.length > 0 || !q.done);
	const results = n === 1 ? "1 result" : n + " results";
	more.hidden = !left;
	more.textContent = q.symbolOnly ? "Look for these words in all notifications" : "More results";
	if (q.words.length === 0 && n === 0)
		status.textContent = "Type a word of two letters or more, or a symbol.";
	else if (n === 0)
		status.textContent = "Nothing found in " + rules.documents + " notifications.";
	else if (q.symbolOnly || !left)
		status.textContent = results + ".";
	else
		status.textContent = "The first " + results + ", newest years first. There may be more.";
}

/* ---- the form ---- */

form.addEventListener("submit", event => {
	const address = "?q=" + encodeURIComponent(input.value);
	try {
		history.pushState(null, "", address);
	} catch {
		return;		/* not from a file: the form goes its own way, to the same address */
	}
	event.preventDefault();
	begin(input.value);
});

more.addEventListener("click", async () => {
	const q = current, before = list.children.length;
	try {
		await go(q);
	} catch {
		failed(q);
	}
	list.children[before]?.querySelector("a").focus();
});

let timer;
input.addEventListener("input", () => {
	clearTimeout(timer);
	timer = setTimeout(() => begin(input.value), 300);
});

function fromAddress() {
	input.value = new URLSearchParams(location.search).get("q") || "";
	begin(input.value);
}
window.addEventListener("popstate", fromAddress);
fromAddress();
})();
