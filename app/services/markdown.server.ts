import { Marked } from "marked";
import sanitizeHtml from "sanitize-html";

const marked = new Marked({ gfm: true, breaks: true });

/**
 * What people write, as HTML that can't hurt: no script, no style, no image (a tracking pixel is one), links to http(s), mailto and
 * this site only. Headings start at the level given, so that the page keeps one `h1`.
 */
export function renderMarkdown(
  markdown: string,
  { headingLevel = 3 }: { readonly headingLevel?: number } = {},
): string {
  const html = marked.parse(markdown, { async: false });
  const shift = (level: number): string => `h${Math.min(6, headingLevel + level - 1)}`;
  return sanitizeHtml(html, {
    allowedTags: [
      ...["p", "br", "strong", "em", "del", "ul", "ol", "li", "blockquote", "a", "code", "pre", "hr"],
      ...["table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5", "h6"],
    ],
    allowedAttributes: { a: ["href", "rel"], ol: ["start"], th: ["align", "scope"], td: ["align"] },
    allowedSchemes: ["http", "https", "mailto"],
    allowProtocolRelative: false,
    transformTags: {
      h1: shift(1),
      h2: shift(2),
      h3: shift(3),
      h4: shift(4),
      a: (tagName, attributes) => ({ tagName, attribs: { ...attributes, rel: "noopener noreferrer nofollow" } }),
    },
  });
}
