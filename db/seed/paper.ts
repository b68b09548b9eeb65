/** A one-page PDF of a few lines, for the invoices and quotes of the demonstration: marked as such, of no real supplier. */
export function composePaper(lines: readonly string[]): Uint8Array {
  const shown = ["DOCUMENT DE DÉMONSTRATION, SANS VALEUR", "", ...lines];
  const text = shown.map((line) => `(${escapeText(line)}) Tj T*`).join("\n");
  const stream = `BT /F1 12 Tf 18 TL 60 780 Td\n${text}\nET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    `<< /Length ${Buffer.byteLength(stream, "latin1")} >>\nstream\n${stream}\nendstream`,
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, "latin1"));
}

/** One byte a character, as the font reads them: what Latin-1 lacks is written otherwise. */
function escapeText(line: string): string {
  return line
    .replaceAll("’", "'")
    .replaceAll("€", "EUR")
    .replaceAll("\u202f", " ")
    .replace(/[^\u0020-\u00ff]/g, "?")
    .replace(/[\\()]/g, "\\$&");
}
