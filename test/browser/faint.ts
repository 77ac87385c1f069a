/** For a page to evaluate: its texts whose contrast with what lies behind them is below 4.5 (WCAG 2.2, 1.4.3). */
export const FAINT: string = `[...document.querySelectorAll('body *')].flatMap((element) => {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
  if (!own || element.checkVisibility() === false) return [];
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (at) => (at === null ? 'rgb(255, 255, 255)' : parts(getComputedStyle(at).backgroundColor)[3] === 0
    ? behind(at.parentElement) : getComputedStyle(at).backgroundColor);
  const light = (colour) => parts(colour).slice(0, 3)
    .map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const [low, high] = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05) < 4.5 ? [element.outerHTML] : [];
})`;
