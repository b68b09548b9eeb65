import type { ReactNode } from "react";

export type Tone = "reached" | "missed" | "pending" | "info" | "neutral";

/** Each tone has its own shape, so that colour never speaks alone. */
function ToneMark({ tone }: { readonly tone: Tone }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {tone === "reached" && <path d="M1 6.5 4.5 10 11 2.5" fill="none" stroke="currentColor" strokeWidth="2.2" />}
      {tone === "missed" && <path d="M2 2l8 8M10 2l-8 8" fill="none" stroke="currentColor" strokeWidth="2.2" />}
      {tone === "pending" && <path d="M6 1a5 5 0 1 0 0 10V1z" fill="currentColor" />}
      {tone === "info" && <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="2.2" />}
      {tone === "neutral" && <path d="M1 6h10" stroke="currentColor" strokeWidth="2.2" />}
    </svg>
  );
}

export function Tag({ tone = "neutral", children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className="tag" data-tone={tone}>
      <ToneMark tone={tone} />
      {children}
    </span>
  );
}

type NoticeProps = {
  readonly tone?: Tone;
  readonly title?: string;
  /** « status » for what was just recorded, « alert » for a refusal. */
  readonly role?: "status" | "alert";
  readonly children?: ReactNode;
};

export function Notice({ tone = "info", title, role, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} {...(role ? { role } : {})}>
      {title && <p className="notice-title">{title}</p>}
      {children}
    </div>
  );
}
