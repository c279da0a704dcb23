/* Runs in a page before Tab is pressed: what should get the focus, and a record of what does. Returns how many there are. */
window.wanted = [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].filter(e => e.checkVisibility() && e.getClientRects().length > 0);
window.got = [];
document.addEventListener("focusin", event => {
	const e = event.target, style = getComputedStyle(e), box = e.getBoundingClientRect();
	const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
	window.got.push({ e, shown, inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth });
});
return window.wanted.length;
