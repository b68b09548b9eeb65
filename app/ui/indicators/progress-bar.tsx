/** How many of how many, as a bar and in figures. */
export function ProgressBar({ done, total }: { readonly done: number; readonly total: number }) {
  const share = total === 0 ? 0 : (done / total) * 100;
  return (
    <>
      <svg className="progress-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect className="progress-track" width="100" height="6" />
        <rect className="progress-done" width={share} height="6" />
      </svg>
      {done} sur {total}
    </>
  );
}
