/* regwatch: the search of the site. It knows nothing until somebody asks; then it loads pieces of an index as scripts (a page opened from a file may not
 * fetch), newest year first, and stops when a page of results is full. How the pieces are made: lib/site/search_index.h. */
"use strict";
(() => {
const PAGE = 20;		/* results shown at once */
const FIRST = 4;		/* that are shown before the others are loaded */
const BEGINNING = 3;		/* letters of the last word that make it a beginning: fewer begin too many words */
const WORDS = 12;		/* of a question */
const SYMBOLS = 6;		/* documents shown for a symbol before the words are looked for */
const STEP = 2;			/* segments that are looked into at once */
const FEW = 2;			/* segments: to leave out more of them is not worth another look */
const LISTS = 4;		/* pieces of long lists that are read for a beginning: more of them are frequent together */
const MARKS = 64;		/* of a day */
const FIRST_YEAR = 1899, CHUNKS = 64;	/* of the numbers of segments in the pieces of symbols */

const form = document.getElementById("search");
const input = document.getElementById("search-words");
const status = document.getElementById("search-status");
const list = document.getElementById("search-results");
const more = document.getElementById("search-more");
if (!form || !input || !status || !list || !more)
	return;
const folder = form.dataset.index;

/* ---- pieces ---- */

const pieces = new Map();	/* name -> promise of what the piece holds */
const arrived = new Map();

window.regwatchIndex = (name, value) => arrived.set(name, value);

function piece(name, stamp) {
	if (!pieces.has(name)) {
		pieces.set(name, new Promise((resolve, reject) => {
			const script = document.createElement("script");
			script.src = folder + name + ".js" + (stamp ? "?" + stamp : "");
			script.onload = () => {
				script.remove();
				if (arrived.has(name))
					resolve(arrived.get(name));
				else
					reject(new Error(name));
			};
			script.onerror = () => {
				script.remove();
				pieces.delete(name);
				reject(new Error(name));
			};
			document.head.append(script);
		}));
	}
	return pieces.get(name);
}

let rules;
async function manifest() {
	if (!rules) {
		const m = await piece("manifest", "");
		rules = { stop: new Set(m.stop.split(" ")), rows: m.rows.split(" "), letters: m.letters, symbols: m.symbols, documents: m.documents, past: m.past,
			segments: m.segments.map(([key, n, stamp, day], i) => ({ key, n, stamp, files: filesOf(n, m.rows.split(" ").length + 1), from: day,
				to: i > 0 ? m.segments[i - 1][3] : Infinity })) };
		const year = rules.segments.length ? rules.segments[0].key.split("-")[0] : "";
		rules.open = rules.segments.filter(s => s.key.split("-")[0] === year).length;
		rules.byKey = new Map(rules.segments.map(s => [s.key, s]));
	}
	return rules;
}

function filesOf(n, rows) {
	let files = 1;
	while (files < rows && files * 16 < n)
		files *= 2;
	return files;
}

const hex = n => n.toString(16).padStart(2, "0");

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

/* ---- what stands in a piece ---- */

class Reader {
	constructor(text) {
		this.text = text;
		this.at = 0;
	}
	digit() {
		const c = this.text.charCodeAt(this.at++);
		return c < 92 ? c - 35 : c - 36;
	}
	number() {
		const lead = this.digit();
		if (lead < 64)
			return lead;
		if (lead < 84)
			return 64 + (lead - 64) * 91 + this.digit();
		if (lead < 90)
			return 1884 + ((lead - 84) * 91 + this.digit()) * 91 + this.digit();
		return 51570 + (this.digit() * 91 + this.digit()) * 91 + this.digit();
	}
	until(end) {
		const from = this.at, to = this.text.indexOf(end, from);
		this.at = to + 1;
		return this.text.slice(from, to);
	}
}

/* Calls back with each word of a piece and the text of its list. */
function eachEntry(text, fn) {
	const r = new Reader(text);
	let word = "";
	while (r.at < text.length) {
		const shared = r.number();
		word = word.slice(0, shared) + r.until("!");
		fn(word, r.until(" "));
	}
}

/* The row of the table of first letters where a word belongs. */
function rowOf(word) {
	let low = 0, high = rules.rows.length;
	while (low < high) {
		const half = (low + high) >> 1;
		if (rules.rows[half] <= word)
			low = half + 1;
		else
			high = half;
	}
	return low;
}

/* The rows that have a word, or the words that begin so, when there are so many rows in all. */
function rowsOf(word, begins, rows) {
	const all = rules.rows.length + 1, first = Math.floor(rowOf(word) * rows / all);
	const last = begins ? Math.floor(rowOf(word + "\uffff") * rows / all) : first;
	return [...Array(last - first + 1).keys()].map(i => hex(first + i));
}

/* ---- one segment ---- */

/* The documents of a segment that have the word: number -> 1 when it stands in the title, else 0. Long lists lie in a piece of their own. */
async function documentsOf(segment, word, begins) {
	const found = new Map();
	await Promise.all(rowsOf(word, begins, segment.files).map(async f => {
		if (readList(await piece(segment.key + "/w" + f, segment.stamp), word, begins, found))
			readList(await piece(segment.key + "/l" + f, segment.stamp), word, begins, found);
	}));
	return found;
}

/* Adds the documents of a word; true when the list of one lies elsewhere. */
function readList(text, word, begins, found) {
	let elsewhere = false;
	eachEntry(text, (entry, packed) => {
		if (begins ? !entry.startsWith(word) : entry !== word)
			return;
		const r = new Reader(packed);
		for (let next = 0; r.at < packed.length; ) {
			const value = r.number(), doc = next + (value >> 1);
			next = doc + 1;
			found.set(doc, (value & 1) | (found.get(doc) || 0));
		}
		elsewhere ||= packed === "";
	});
	return elsewhere;
}

/* May the word be the start of one? The last one as typed. */
function isBeginning(words, i) {
	return i === words.length - 1 && words[i].length >= BEGINNING;
}

/* The words' numbers, the rarest first as far as lengths tell. */
function byLength(words) {
	return [...words.keys()].sort((a, b) => words[b].length - words[a].length);
}

/* All words. Titles first, then newer ones. */
async function searchSegment(segment, words) {
	let hits;
	for (const i of byLength(words)) {
		const docs = await documentsOf(segment, words[i], isBeginning(words, i));
		if (!hits)
			hits = docs;
		else
			hits = new Map([...hits].filter(([doc]) => docs.has(doc)).map(([doc, score]) => [doc, score + docs.get(doc)]));
		if (hits.size === 0)
			break;
	}
	return [...hits].sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([doc]) => ({ segment, doc }));
}

async function load(hit) {
	const block = await piece(hit.segment.key + "/d" + hex(hit.doc >> 4), hit.segment.stamp);
	const [id, member, date, title, path, lang] = block[hit.doc & 15];
	return { id, member, date, title, path, lang };
}

/* ---- closed years ---- */

/* FNV-1a over UTF-8. */
function hash(word) {
	let h = 2166136261;
	for (const byte of new TextEncoder().encode(word))
		h = Math.imul(h ^ byte, 16777619) >>> 0;
	return h;
}

function addMarks(packed, marks) {
	const r = new Reader(packed);
	for (let day = 0; r.at < packed.length; ) {
		day += r.number();
		marks.add(day * MARKS + r.number());
	}
}

/* The marks of the notifications of closed years that have the word; undefined when too many have it. */
async function marksOf(word, begins) {
	const [rows, parts, stamp] = rules.past, marks = new Set(), lists = new Set();
	const found = rowsOf(word, begins, rows), each = begins ? [...Array(parts).keys()] : [hash(word) % parts];
	let frequent = found.length > 2;
	const read = async (kind, name) => eachEntry(await piece("past/" + kind + name, stamp), (entry, packed) => {
		if (begins ? !entry.startsWith(word) : entry !== word)
			return;
		frequent ||= packed.length === 1;
		if (packed === "")
			lists.add(name);
		else
			addMarks(packed, marks);
	});
	if (!frequent)
		await Promise.all(found.flatMap(row => each.map(part => read("w", row + part))));
	if (frequent || lists.size > LISTS)
		return undefined;
	await Promise.all([...lists].map(name => read("l", name)));
	return marks;
}

/* Those of the segments of closed years that can have all words. A beginning is asked for last: it lies in many pieces. */
async function narrowed(segments, words) {
	let left;
	for (const i of byLength(words).sort((a, b) => isBeginning(words, a) - isBeginning(words, b))) {
		const begins = isBeginning(words, i);
		if (segments.length <= (begins ? 2 * FEW : FEW))
			break;
		const marks = await marksOf(words[i], begins);
		if (!marks)
			continue;
		left = left ? new Set([...left].filter(m => marks.has(m))) : marks;
		const days = [...left].map(m => Math.floor(m / MARKS));
		segments = segments.filter(s => days.some(day => day >= s.from && day <= s.to));
	}
	return segments;
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
	const q = current = { query, hits: [], segments: [], segment: 0, step: 1, shown: new Set(), words: [], symbolOnly: false };
	list.replaceChildren();
	more.hidden = true;
	if (query.trim() === "") {
		status.textContent = "";
		return;
	}
	status.textContent = "Searching …";
	try {
		await manifest();
		q.words = wordsOf(query);
		q.segments = rules.segments;
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

/* The segments to look into now: the newest year's, then of closed ones what the table leaves. */
async function nextSegments(q) {
	if (q.segment < rules.open)
		return q.segments.slice(q.segment, Math.min(q.segment + q.step, rules.open));
	if (q.segment === rules.open && rules.past[0] > 0)
		q.segments = q.segments.slice(0, rules.open).concat(await narrowed(q.segments.slice(rules.open), q.words));
	return q.segments.slice(q.segment, q.segment + q.step);
}

/* Goes on until another page of results is shown or all years were read. */
async function go(q) {
	const wanted = q.shown.size + PAGE;
	q.symbolOnly = false;
	while (q === current && q.words.length > 0 && q.shown.size < wanted && (q.hits.length > 0 || q.segment < q.segments.length)) {
		if (q.hits.length === 0) {
			const part = await nextSegments(q);
			q.hits = (await Promise.all(part.map(s => searchSegment(s, q.words)))).flat();
			q.segment += part.length;
			q.step = q.hits.length > 0 ? 1 : Math.min(q.step * 2, STEP);
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
	const n = q.shown.size, left = q.words.length > 0 && (q.hits.length > 0 || q.segment < q.segments.length);
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
