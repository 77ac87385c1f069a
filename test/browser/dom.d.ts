// The names of the DOM that the declarations of playwright-core mention. Its library is left out, so that no source can
// lean on a browser by mistake.
interface Node {
  readonly nodeName: string;
}
interface HTMLElement extends Node {}
interface SVGElement extends Node {}
interface HTMLElementTagNameMap extends Record<string, HTMLElement> {}
