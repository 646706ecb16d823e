/** A sentence in which `code` stands between backticks. */
export function Prose({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
      <code key={index} className="rounded-sm bg-active px-1 font-mono text-sm">
        {part}
      </code>
    ),
  );
}
