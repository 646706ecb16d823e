const TONES: Readonly<Record<string, string>> = {
  GET: 'text-ok',
  HEAD: 'text-ok',
  POST: 'text-warn',
  PUT: 'text-accent',
  PATCH: 'text-patch',
  DELETE: 'text-bad',
};

export function Method({ method, className = '' }: { method: string; className?: string }) {
  const short = method === 'DELETE' ? 'DEL' : method.slice(0, 5);
  return (
    <span
      title={method}
      className={`shrink-0 font-mono text-[9.5px] font-bold ${TONES[method] ?? 'text-ink-2'} ${className}`}
    >
      {short}
    </span>
  );
}
