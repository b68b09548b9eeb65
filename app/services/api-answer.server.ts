/** JSON for whoever programs: readable from any site, kept as public pages are, the same for everyone. */
export function answerJson(body: object, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Access-Control-Allow-Origin": "*",
      ...(status === 200 ? { "Cache-Control": "public, max-age=0, must-revalidate" } : {}),
    },
  });
}
