/** The width of every picture. */
export const WIDTH = 860;

// Colours of both schemes in one file: a picture does not know the page that it stands on.
const STYLE = `
  svg { color-scheme: light dark; font: 13px system-ui, sans-serif }
  .paper { fill: #fff } text { fill: #1c2530 } .faint { fill: #5b6775 }
  .grid { stroke: #d9dfe6 } .whisker { stroke: #1c2530 }
  .own { color: #1f6feb } .floor { color: #9aa5b1 } .peer { color: #c98a2b } .other { color: #2f8f5b }
  .own, .floor, .peer, .other { fill: currentColor }
  .line { fill: none; stroke: currentColor; stroke-width: 1.5 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #12171d } text { fill: #e4e9ee } .faint { fill: #98a4b0 }
    .grid { stroke: #2c3641 } .whisker { stroke: #e4e9ee }
    .own { color: #5b9bff } .floor { color: #66727f } .peer { color: #d9a04a } .other { color: #58b883 }
  }`;

/** What stands in a picture. */
export interface Picture {
  /** What it shows, for who cannot see it. */
  readonly label: string;
  readonly height: number;
  /** What was measured where and when, at its foot. */
  readonly foot: string;
  /** Elements of SVG; the classes are those of the style. */
  readonly body: string;
}

/** The text of an SVG picture, readable on light and on dark. */
export function renderPicture({ label, height, foot, body }: Picture): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(label)}">
<style>${STYLE}
</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
${body}
<text class="faint" x="16" y="${height - 8}" font-size="11">${escapeXml(foot)}</text>
</svg>
`;
}

/** A text as it stands in XML. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
