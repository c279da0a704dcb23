/* regwatch: the index of the site's search as it is read: pieces that are loaded as scripts (a page opened from a file may not fetch), newest year first. How
 * they are made: lib/site/search_index.h. The site has this file and search.js as one. */
"use strict";
function regwatchSearch(folder) {
const FEW = 2;			/* segments: to leave out more of them is not worth another look */
const PARTS = 3, OFTEN = 3;	/* parts of the table, as many pieces of long lists, and frequent words that are read for a beginning: with more it is no rare one */
const MANY = 8;			/* parts that are read when the rare words leave more segments than these are */
const LIST = 4000;		/* bytes of a piece of long lists of the table: as much as so many documents of a frequent word */
const GROUP = 4;		/* rows of the table that have one folder */
const SPAN = 2;			/* years that are looked at together */
const ROOM = 1500, YEARS = 16384;	/* bytes of a piece of a frequent word's list, years of all pieces (search_often.c) */

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
			segments: m.segments.map(([key, n, stamp]) => ({ key, n, stamp, files: filesOf(n, m.rows.split(" ").length + 1) })) };
		rules.byKey = new Map(rules.segments.map(s => [s.key, s]));
		rules.segments.reduceRight((before, s) => (s.first = before) + s.n, 0);
		rules.closed = rules.segments.length ? rules.segments[0].first : 0;
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

/* ---- what stands in a piece ---- */

class Reader {
	constructor(text) {
		this.text = text;
		this.at = 0;
	}
	left() {
		return this.at < this.text.length;
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

/* Orders words as the program does: by their bytes. */
const bytesOf = word => [...new TextEncoder().encode(word)].map(hex).join("");

/* Which of the pieces that are cut at these words have words from one to another. */
function cutAt(words, first, last) {
	const ends = words.split(" ").filter(Boolean).map(bytesOf);
	return [...ends, ""].map((_, i) => i).filter(i => (i === 0 || ends[i - 1] <= last) && (i === ends.length || ends[i] > first));
}

/* The documents of a segment that have the word: number -> 1 when it stands in the title, else 0. Long lists lie in pieces of their own: beside the word
 * stands which one. For frequent words that is not read: the piece of boundaries tells it for all of them. */
async function documentsOf(segment, word, frequent) {
	const found = new Map();
	const read = async name => readList(await piece(segment.key + "/" + name, segment.stamp), word, false, found);
	if (frequent && segment.files > 1) {
		const [part] = cutAt(await piece(segment.key + "/b", segment.stamp), bytesOf(word), bytesOf(word));
		await read("l" + hex(part));
	}
	if (found.size === 0)
		for (const name of await read("w" + rowsOf(word, false, segment.files)[0]))
			await read(name);
	return found;
}

/* Likewise those that have a word which begins so. hits: those that the other words left, if there are any: no more is read than tells what becomes
 * of them. */
async function documentsOfBeginning(segment, word, hits) {
	const found = new Map(), decided = () => hits && [...hits.keys()].every(doc => hits.size === 1 ? found.has(doc) : found.get(doc));
	const read = async name => decided() ? [] : readList(await piece(segment.key + "/" + name, segment.stamp), word, true, found);
	const rows = rowsOf(word, true, segment.files).map(row => "w" + row);
	if (!hits)
		await Promise.all((await Promise.all(rows.map(read))).flat().map(read));
	else
		for (const row of rows)
			for (const part of await read(row))
				await read(part);
	return found;
}

/* Calls back with each document of a list and whether its head has the word (search_list.h). */
function eachDocument(packed, fn) {
	const r = new Reader(packed), docs = [];
	if (packed[0] !== "~") {
		for (let next = 0; r.at < packed.length; next++) {
			const value = r.number();
			fn(next += value >> 1, value & 1);
		}
		return;
	}
	let heads = r.at++;
	for (let n = r.number(), i = 0; i < n; i++)
		for (let digit = r.digit(), doc = i * 6; digit > 0; digit >>= 1, doc++)
			if (digit & 1)
				docs.push(doc);
	docs.forEach((doc, i) => {
		heads = i % 6 ? heads >> 1 : r.digit();
		fn(doc, heads & 1);
	});
}

/* Adds the documents of a word, or of those that begin so; the pieces where longer lists lie. */
function readList(text, word, begins, found) {
	const elsewhere = new Set();
	eachEntry(text, (entry, packed) => {
		if (begins ? !entry.startsWith(word) : entry !== word)
			return;
		if (packed[0] === "!")
			elsewhere.add("l" + hex(new Reader(packed.slice(1)).number()));
		else
			eachDocument(packed, (doc, head) => found.set(doc, head | (found.get(doc) || 0)));
	});
	return [...elsewhere];
}

/* All words, the rarest first: most questions are then answered before all are looked up. Titles first, then newer ones. */
async function searchSegment(segment, asked) {
	let hits;
	for (const a of asked) {
		const docs = await (a.begins ? documentsOfBeginning(segment, a.word, hits) : documentsOf(segment, a.word, a.rank > 0));
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

/* ---- closed segments ---- */

const pastPiece = name => piece("past/" + name, rules.past[1]);

/* The folder of a row of the table. */
const groupOf = row => hex(Math.floor(parseInt(row, 16) / GROUP)) + "/";

/* The parts of the table of closed segments that have a word, or the words that begin so. */
async function partsOf(word, begins) {
	const first = bytesOf(word), last = begins ? first + "ff" : first;
	const parts = await Promise.all(rowsOf(word, begins, rules.past[0]).map(async row => {
		const text = (await pastPiece(groupOf(row) + "t")).split("!")[parseInt(row, 16) % GROUP];
		return cutAt(text, first, last).map(i => row + i.toString(16));
	}));
	return parts.flat();
}

/* Calls back with each number of a list (search_numbers.h). */
function eachNumber(packed, first, fn) {
	const r = new Reader(packed), k = r.digit();
	let held = 0, left = 0, next = first, ones = 0;
	const fill = () => {
		const pair = r.at + 1 < packed.length;
		held = pair ? held << 13 | r.digit() * 91 + r.digit() : held << 6 | r.digit();
		left += pair ? 13 : 6;
	};
	const take = bits => {
		while (left < bits)
			fill();
		left -= bits;
		const value = held >> left;
		held &= (1 << left) - 1;
		return value;
	};
	while (left > 0 || r.left()) {
		if (take(1)) {
			ones++;
			continue;
		}
		next += ones * 2 ** k + (k > 13 ? take(k - 13) * 8192 + take(13) : take(k));
		fn(next++);
		ones = 0;
	}
}

/* What the table of closed segments tells of a word or of words that begin so: the documents of the rarer ones, as far as they stand beside the words; the pieces
 * where the others are; the frequent ones. 'wide': more than 'most' parts have words that begin so. 'rank' is above 0 for frequent words, the more so the more
 * frequent. */
async function lookUp(a, most) {
	if (a.known && (!a.wide || a.parts.length > most) || rules.past[0] === 0)
		return;
	a.known = true;
	a.parts ??= await partsOf(a.word, a.begins);
	a.wide = a.parts.length > most;
	a.often = [];
	if (!a.wide)
		await Promise.all(a.parts.map(part => readPast(a, "w", part)));
	a.wide ||= a.lists.length > most || a.often.length > OFTEN;
	a.none = !a.wide && a.numbers.size + a.lists.length + a.often.length === 0;
	a.rank = Math.max(0, ...a.often.map(o => o.rank));
}

/* A frequent word's list, and how many documents a word of its rank has at least (search_often.h). */
const frequent = (group, word, rank) => ({ word: bytesOf(word), name: group + "f" + bytesOf(word), rank: 1 + rank,
	documents: (8 + rank % 8) * 128 * 2 ** (rank >> 3) });

async function readPast(a, kind, part) {
	const group = groupOf(part.slice(0, 2));
	eachEntry(await pastPiece(group + kind + part), (entry, packed) => {
		if (a.begins ? !entry.startsWith(a.word) : entry !== a.word)
			return;
		if (packed === "" && !a.lists.includes(part))
			a.lists.push(part);
		else if (packed.length === 1)
			a.often.push(frequent(group, entry, new Reader(packed).number()));
		else
			eachNumber(packed, 0, number => a.numbers.add(number));
	});
}

async function readNumbers(a) {
	await Promise.all(a.lists.splice(0).map(part => readPast(a, "l", part)));
	return a.numbers;
}

/* Numbers of documents: from the first of all. */
function firstOf(year) {
	return rules.segments.reduce((n, s) => n + (Number(s.key.split("-")[0]) < year ? s.n : 0), 0);
}

/* Documents of closed segments before a year. */
const closedBefore = year => Math.min(firstOf(year), rules.closed);

/* The first year of the piece where a year is, of a list of so many documents. */
function firstYear(documents, year) {
	const all = rules.closed, most = Math.min(6 * documents, all);
	let from = 0, n = YEARS;
	while (n > 1 && most * (closedBefore(from + n) - closedBefore(from)) > ROOM * 6 * all) {
		n /= 2;
		from += year < from + n ? 0 : n;
	}
	return from;
}

/* Adds those of the documents of some years that stand in a list; of years that have some of 'among', if that is told. */
async function addFrequent({ name, documents }, year, among, numbers) {
	const wanted = [...Array(SPAN).keys()].map(i => [closedBefore(year + i), closedBefore(year + i + 1), firstYear(documents, year + i)]);
	await Promise.all(wanted.filter(([from, to]) => from < to && (!among || [...among].some(n => n >= from && n < to))).map(async ([from, to, first]) => {
		eachNumber(await pastPiece(name + "-" + first), firstOf(first), number => {
			if (number >= from && number < to)
				numbers.add(number);
		});
	}));
}

/* Those of the numbers that lie in some years. */
function within(numbers, year) {
	const from = closedBefore(year), to = closedBefore(year + SPAN);
	return new Set([...numbers].filter(n => n >= from && n < to));
}

/* What is joined, that which costs and leaves least first: the most frequent words' lists are those of two words, the rarest of them and another, where there
 * is such a list. */
async function pairsOf(often) {
	const exact = often.filter(a => !a.begins), from = exact.length > 1 ? new Reader(await pastPiece("pairs")).number() : 0;
	const [rarest, ...others] = exact.filter(a => a.rank > from).map(a => a.often[0]), paired = new Set(), joined = [];
	for (const other of others) {
		const documents = Math.floor(rarest.documents * other.documents / rules.closed);
		if (documents * 12 >= rules.closed)
			continue;
		paired.add(rarest).add(other);
		joined.push({ numbers: new Set(), lists: [], often: [{ name: "pairs/" + [rarest.word, other.word].sort().join("-"), documents }] });
	}
	const expected = a => a.often.reduce((n, o) => n + o.documents, a.numbers.size + a.lists.length * LIST);
	return often.filter(a => !paired.has(a.often[0])).concat(joined).sort((a, b) => expected(a) - expected(b));
}

const both = (a, b) => a ? new Set([...a].filter(x => b.has(x))) : b;

/* The hits of closed segments, newest first, some at a time. The rare words' places come first: they may leave so few segments that these are looked into at
 * once; if they leave more than that, a beginning that many words have is worth its parts of the table. Else the frequent words are joined with them, a few
 * years at a time. */
async function* closedHits(asked) {
	let segments = rules.segments.slice(1), numbers;
	if (segments.length > FEW || asked.some(a => a.known))
		await Promise.all(asked.map(a => lookUp(a, PARTS)));
	if (asked.some(a => a.none))
		return;
	const joinRare = async () => {
		for (const a of asked.filter(a => a.known && !a.wide && a.rank === 0 && !a.joined).sort((a, b) => a.lists.length - b.lists.length)) {
			if (segments.length <= Math.max(FEW, a.lists.length))
				break;
			numbers = both(numbers, await readNumbers(a));
			segments = segments.filter(s => [...numbers].some(n => n >= s.first && n < s.first + s.n));
			a.joined = true;
		}
	};
	await joinRare();
	if (numbers) {
		await Promise.all(asked.filter(a => a.wide && a.parts.length < segments.length).map(a => lookUp(a, MANY)));
		await joinRare();
	}
	const often = asked.filter(a => a.rank > 0 && !a.wide).sort((a, b) => a.rank - b.rank);
	const unsure = asked.filter(a => !a.joined && !often.includes(a));
	if (!numbers && often.length === 0 || segments.length <= FEW && asked.some(a => !a.joined)) {
		for (const s of segments)
			yield await searchSegment(s, asked);
		return;
	}
	const lists = await pairsOf(often);
	for (const year of new Set(segments.map(s => Math.floor(Number(s.key.split("-")[0]) / SPAN) * SPAN))) {
		const all = await joined(year, numbers, lists);
		for (const segment of segments) {
			const docs = [...all].map(n => n - segment.first).filter(doc => doc >= 0 && doc < segment.n);
			if (docs.length > 0)
				yield await settle(segment, docs, unsure, asked);
		}
	}
}

/* The hits among some documents of a segment: all that have the words but the unsure ones. One alone has no need of a score. */
async function settle(segment, docs, unsure, asked) {
	for (const a of unsure) {
		const has = await (a.begins ? documentsOfBeginning(segment, a.word, new Map(docs.map(doc => [doc, 0]))) : documentsOf(segment, a.word, false));
		docs = docs.filter(doc => has.has(doc));
	}
	return docs.length > 1 ? searchSegment(segment, asked) : docs.map(doc => ({ segment, doc }));
}

/* Those of the numbers, if any are told, of some years that stand in all lists. */
async function joined(year, some, lists) {
	let numbers = some && within(some, year);
	for (const a of lists) {
		if (numbers && numbers.size === 0)
			break;
		const has = within(await readNumbers(a), year);
		for (const list of a.often)
			await addFrequent(list, year, numbers, has);
		numbers = both(numbers, has);
	}
	return numbers;
}

/* All hits of words, each with whether it is a beginning, in their order, those of a segment or none at a time: the newest one's, then those of closed ones. */
async function* hitsFor(words) {
	const asked = words.map(([word, begins]) => ({ word, begins, rank: 0, numbers: new Set(), lists: [], often: [] }));
	if (asked.length > 1)
		await Promise.all(asked.map(a => lookUp(a, PARTS)));
	const order = a => a.begins ? 1000 : a.rank > 0 ? 100 + a.rank : a.lists.length > 0 ? 99 : a.numbers.size;
	asked.sort((a, b) => order(a) - order(b));
	for (const newest of rules.segments.slice(0, 1))
		yield await searchSegment(newest, asked);
	yield* closedHits(asked);
}

return { manifest, piece, eachEntry, load, hitsFor, Reader, hex };
}
