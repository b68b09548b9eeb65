/** Seats around a table: seven places, one of them filled. */
export function Brand() {
  const seats = [
    [16, 4],
    [25.4, 8.5],
    [27.7, 18.7],
    [21.2, 26.8],
    [10.8, 26.8],
    [4.3, 18.7],
    [6.6, 8.5],
  ] as const;
  return (
    <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      {seats.map(([cx, cy], index) => (
        <circle
          key={`${cx}-${cy}`}
          cx={cx}
          cy={cy}
          r="2.9"
          stroke="currentColor"
          strokeWidth="1.5"
          fill={index === 0 ? "none" : "currentColor"}
        />
      ))}
    </svg>
  );
}
