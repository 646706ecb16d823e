import { useEffect, useLayoutEffect, useRef, useState, type RefObject, type UIEvent } from 'react';

/** Rows beyond the edges, so that a scrolled frame is never empty. */
const BEYOND = 16;
/** Pixels: browsers draw nothing that is taller than about 33 million. */
const TALLEST = 30_000_000;
/** Before the place was measured. */
const USUAL_HEIGHT = 800;
const START = { top: 0, first: 0 };

/** Which rows of a long text are in sight, and where they are drawn. All rows are equally high. */
export interface LineWindow {
  /** Pixels of the whole text. */
  readonly height: number;
  readonly rows: readonly { readonly index: number; readonly top: number }[];
  /** Number of the row at the upper edge. */
  readonly first: number;
  /** Rows that fit in. */
  readonly page: number;
  onScroll(event: UIEvent<HTMLDivElement>): void;
  /** Scrolls until a row is in sight: to the middle, or no farther than needed. */
  show(index: number, align?: 'center' | 'nearest'): void;
}

interface LineWindowOptions {
  /** The element that scrolls. */
  readonly place: RefObject<HTMLDivElement | null>;
  /** Of rows; there may be millions, because nothing is kept for each. */
  readonly count: number;
  /** Another one begins at the top. */
  readonly content: unknown;
  /** Pixels. */
  readonly rowHeight: number;
}

export function useLineWindow({ place, count, content, rowHeight }: LineWindowOptions): LineWindow {
  const [viewport, setViewport] = useState(USUAL_HEIGHT);
  const [scroll, setScroll] = useState(START);
  const [seen, setSeen] = useState(content);
  if (seen !== content) {
    setSeen(content);
    setScroll(START);
  }
  const height = Math.min(count * rowHeight, TALLEST);
  const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
  const last = Math.max(0, count - viewport / rowHeight);

  useEffect(() => {
    const node = place.current;
    if (node === null) return;
    const watcher = new ResizeObserver(() => setViewport(node.clientHeight));
    watcher.observe(node);
    return () => watcher.disconnect();
  }, [place]);
  const drawn = useRef(content);
  useLayoutEffect(() => {
    if (drawn.current === content) return;
    drawn.current = content;
    place.current?.scrollTo({ top: 0 });
  }, [place, content]);

  /** Pixels of a text that is taller than can be drawn are shared out among its rows. */
  const toFirst = (top: number) => {
    if (height < TALLEST) return top / rowHeight;
    return (top / Math.max(1, height - viewport)) * last;
  };
  const toTop = (first: number) => {
    if (height < TALLEST) return first * rowHeight;
    return (first / Math.max(1, last)) * (height - viewport);
  };
  const start = Math.max(0, Math.floor(scroll.first) - BEYOND);
  const end = Math.min(count, Math.ceil(scroll.first + viewport / rowHeight) + BEYOND);
  return {
    height,
    first: scroll.first,
    page,
    rows: Array.from({ length: Math.max(0, end - start) }, (_, offset) => {
      const index = start + offset;
      return { index, top: scroll.top + (index - scroll.first) * rowHeight };
    }),
    onScroll(event) {
      const { scrollTop: top, clientHeight } = event.currentTarget;
      const moved = top - scroll.top;
      const isAtEnd = top <= 0 || top >= height - clientHeight;
      // A turn of the wheel moves by rows also where a pixel stands for many of them.
      const isSmall = height === TALLEST && Math.abs(moved) < viewport && !isAtEnd;
      const first = isSmall ? scroll.first + moved / rowHeight : toFirst(top);
      setScroll({ top, first: Math.max(0, Math.min(last, first)) });
    },
    show(index, align = 'center') {
      const node = place.current;
      if (node === null) return;
      const isInSight = index >= scroll.first && index < scroll.first + page;
      if (align === 'nearest' && isInSight) return;
      const wanted = align === 'center' ? index - page / 2 : index < scroll.first ? index : index - page + 1;
      const first = Math.max(0, Math.min(last, wanted));
      const top = toTop(first);
      setScroll({ top, first });
      node.scrollTo({ top });
    },
  };
}
