import { PassThrough } from "node:stream";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from "@remix-run/node";
import { renderToPipeableStream } from "react-dom/server";
import { describeFault, kindOfFault, log } from "~/services/log.server";
import { NonceContext } from "~/ui/nonce";

export * as portal from "~/services/portal.server";
export { startReminders } from "~/features/agreements/reminders.server";

const RENDER_TIMEOUT_MS = 10_000;

/** Renders the whole page before it answers: the size is known, a fault becomes an error page, and nothing is half sent. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce }: AppLoadContext,
): Promise<Response> {
  const context = keepMatchedRoutes(remixContext);
  return new Promise((resolve, reject) => {
    let finalStatus = status;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={context} url={request.url} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        onAllReady() {
          clearTimeout(timer);
          const chunks: Buffer[] = [];
          const body = new PassThrough();
          body.on("data", (chunk: Buffer) => chunks.push(chunk));
          body.on("error", reject);
          body.on("end", () => {
            headers.set("Content-Type", "text/html; charset=utf-8");
            resolve(new Response(dropPadding(Buffer.concat(chunks)), { status: finalStatus, headers }));
          });
          pipe(body);
        },
        onShellError(fault) {
          clearTimeout(timer);
          reject(fault);
        },
        onError(fault) {
          finalStatus = 500;
          log("error", "render.fault", { path: new URL(request.url).pathname, ...describeFault(fault) });
        },
      },
    );
    const timer = setTimeout(() => abort(new Error("Render took too long")), RENDER_TIMEOUT_MS);
  });
}

/**
 * React 18 writes by blocks: where a letter of several bytes does not fit the end of one, it leaves zero bytes there, and « masqué » reads « masqu\0é ».
 * No page holds a zero byte of its own.
 */
function dropPadding(html: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return html.includes(0) ? html.filter((byte) => byte !== 0) : html;
}

/** React Router matches the tree again at render: with the matched branch alone, the cost does not grow with the number of routes. */
function keepMatchedRoutes(context: EntryContext): EntryContext {
  const matched = new Set(context.staticHandlerContext.matches.map((match) => match.route.id));
  matched.add("root");
  const routes = Object.fromEntries(Object.entries(context.manifest.routes).filter(([id]) => matched.has(id)));
  return { ...context, manifest: { ...context.manifest, routes } };
}

export function handleError(fault: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  const isAnswer = isRouteErrorResponse(fault) && fault.status < 500;
  if (request.signal.aborted || isAnswer) return;
  context.report?.(kindOfFault(fault));
  log("error", "request.fault", {
    method: request.method,
    path: new URL(request.url).pathname,
    ...describeFault(fault),
  });
}
