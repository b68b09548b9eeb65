/** Where the figures of a network can be taken away. @param root of the network */
export function DataLinks({ root }: { readonly root: string }) {
  const file = `${root}/observatoire/chiffres`;
  return (
    <p>
      Tous les chiffres du réseau, une ligne par chiffre, avec sa source : <a href={`${file}.csv`}>CSV</a>,{" "}
      <a href={`${file}.ods`}>ODS</a>, <a href={`${file}.json`}>JSON</a>. Pour les programmes :{" "}
      <a href="/api/v1/openapi.json">description OpenAPI</a>.
    </p>
  );
}
