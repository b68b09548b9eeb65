import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parseDocument } from "htmlparser2";
import { createElement, type ReactNode } from "react";
import { renderToPipeableStream } from "react-dom/server";

/**
 * What the portal is measured against, in a process of its own: « memory » sends the bytes it was given, « react » renders the same page again at
 * each request. The parent sends the page, and hears the port.
 */
type Order = {
  readonly kind: "memory" | "react";
  readonly html: string;
  readonly encoded: string | null;
  readonly type: string;
};

process.on("message", (order: Order) => {
  const answer = order.kind === "memory" ? fromMemory(order) : fromReact(order.html);
  const server = createServer(answer);
  server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
});

function fromMemory({ html, encoded, type }: Order) {
  const body = encoded === null ? Buffer.from(html) : Buffer.from(encoded, "base64");
  const headers: Record<string, string> = { "Content-Type": type, "Content-Length": String(body.length) };
  if (encoded !== null) headers["Content-Encoding"] = "br";
  return (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, headers);
    response.end(body);
  };
}

type HtmlNode = {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Record<string, string>;
  readonly children?: readonly HtmlNode[];
};

const VOID = new Set(["meta", "link", "input", "br", "hr", "img", "path", "circle", "rect", "line", "use"]);

function toElement(node: HtmlNode, key: number): ReactNode {
  if (node.type === "text") return node.data ?? "";
  if (node.name === undefined) return null;
  const { class: className, for: htmlFor, ...attributes } = node.attribs ?? {};
  const properties = {
    key,
    ...Object.fromEntries(
      Object.entries(attributes).filter(
        ([name]) => /^[a-z-]+$/i.test(name) && name !== "style" && name !== "value" && name !== "checked",
      ),
    ),
    ...(className === undefined ? {} : { className }),
    ...(htmlFor === undefined ? {} : { htmlFor }),
  };
  if (VOID.has(node.name)) return createElement(node.name, properties);
  return createElement(node.name, properties, ...(node.children ?? []).map(toElement));
}

function fromReact(html: string) {
  const document = parseDocument(html) as unknown as HtmlNode;
  const page = (document.children ?? []).find((node) => node.name === "html");
  if (!page) throw new Error("No page to render");
  console.error = () => undefined;
  return (_request: IncomingMessage, response: ServerResponse): void => {
    const { pipe } = renderToPipeableStream(toElement(page, 0), {
      onAllReady() {
        response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
        pipe(response);
      },
    });
  };
}
