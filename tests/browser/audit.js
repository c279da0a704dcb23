/* Runs in a page: what is wrong with it for somebody who reads it with other eyes, or without a pointer. Returns lines. */
const faults = [];
const where = e => {
	const id = e.id ? "#" + e.id : "", cls = typeof e.className === "string" && e.className ? "." + e.className.trim().split(/\s+/).join(".") : "";
	return e.tagName.toLowerCase() + id + cls + " '" + (e.textContent || "").trim().slice(0, 40) + "'";
};
const colour = text => {
	const n = (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
	return { r: n[0], g: n[1], b: n[2], a: n.length > 3 ? n[3] : 1 };
};
const over = (top, below) => ({ r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1 });
const luminance = c => {
	const [r, g, b] = [c.r, c.g, c.b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a, b) => {
	const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
	return (x + 0.05) / (y + 0.05);
};
const ground = e => {
	const layers = [];
	for (; e; e = e.parentElement) {
		const c = colour(getComputedStyle(e).backgroundColor);
		layers.push(c);
		if (c.a === 1)
			break;
	}
	let c = matchMedia("(prefers-color-scheme: dark)").matches ? { r: 18, g: 18, b: 18, a: 1 } : { r: 255, g: 255, b: 255, a: 1 };
	for (const layer of layers.reverse())
		c = over(layer, c);
	return c;
};
const visible = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getClientRects().length > 0;

/* ---- contrast of every text: 4.5, of large ones 3 ---- */
let texts = 0;
const seen = new Map();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = walker.nextNode()); ) {
	const e = node.parentElement;
	if (!node.data.trim() || !visible(e) || e.closest("svg title, svg desc, noscript"))
		continue;
	texts++;
	const style = getComputedStyle(e), svg = e.closest("svg");
	const c = colour(svg ? style.fill : style.color), size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
	const key = [svg ? style.fill : style.color, e.className, e.tagName, e.parentElement.className].join();
	if (seen.has(key))
		continue;
	seen.set(key, true);
	const below = ground(svg || e), got = ratio(over(c, below), below), needed = size >= 24 || (size >= 18.66 && bold) ? 3 : 4.5;
	if (got < needed)
		faults.push("contrast " + got.toFixed(2) + " of " + where(e));
}
if (texts < 5)
	faults.push("hardly any text");

/* ---- what charts draw with: 3 against the ground ---- */
for (const bar of document.querySelectorAll("svg .bar, svg .reference")) {
	const style = getComputedStyle(bar), paint = style.fill.startsWith("rgb") && !bar.matches("line") ? style.fill : style.stroke;
	if (paint.startsWith("rgb") && ratio(colour(paint), ground(bar.closest("svg"))) < 3)
		faults.push("contrast of a drawing: " + bar.getAttribute("class"));
}

/* ---- names ---- */
const name = e => (e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") || "").split(" ").map(i => document.getElementById(i)?.textContent || "").join(" ") ||
	[...(e.labels || [])].map(l => l.textContent).join(" ") || e.textContent || e.getAttribute("alt") || "").trim();
for (const e of document.querySelectorAll("a[href], button, input, summary, svg[role], img, [role=region], nav, [role=search]"))
	if (!name(e))
		faults.push("no name: " + where(e));
const navs = [...document.querySelectorAll("nav")].map(name);
if (new Set(navs).size !== navs.length)
	faults.push("two navigations of one name");

/* ---- sizes of what is pressed, but for links within a text: 24 pixels ---- */
for (const e of document.querySelectorAll("nav a, .beside a, button, input, summary, .calendar li > a")) {
	const box = e.getBoundingClientRect();
	if (visible(e) && (box.height < 24 || box.width < 24))
		faults.push("small target " + Math.round(box.width) + "x" + Math.round(box.height) + ": " + where(e));
}

/* ---- nothing sticks out ---- */
if (document.documentElement.scrollWidth > innerWidth) {
	const culprits = [...document.body.querySelectorAll("*")].filter(e => visible(e) && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".wide"));
	faults.push("scrolls sideways: " + document.documentElement.scrollWidth + " in " + innerWidth + "; " + culprits.slice(0, 3).map(where).join("; "));
}

/* ---- loaded from here alone ---- */
for (const entry of performance.getEntriesByType("resource"))
	if (!entry.name.startsWith("file:"))
		faults.push("loaded from elsewhere: " + entry.name);
return faults;
