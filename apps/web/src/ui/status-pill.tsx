const TONES = {
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  plain: 'bg-active text-ink-2',
};

/** How something went, in a word or two. */
export function StatusPill({ tone, text }: { tone: keyof typeof TONES; text: string }) {
  return (
    <span
      role="status"
      className={`rounded-full px-2 py-0.5 text-sm font-semibold whitespace-nowrap ${TONES[tone]}`}
    >
      {text}
    </span>
  );
}
