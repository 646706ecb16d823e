import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';

interface ModalProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly width?: string;
  /** What gets the focus; the button that closes when absent. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
}

/** A dialog over the page; Escape and a click beside it close it, and focus goes back to where it was. */
export function Modal({ title, onClose, children, width = 'w-[640px]', initialFocus }: ModalProps) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-[rgb(10_14_24/0.45)]" />
        <Dialog.Popup
          {...(initialFocus === undefined ? {} : { initialFocus })}
          className={`fixed top-[9vh] left-1/2 z-40 flex max-h-[82vh] ${width} max-w-[94vw] -translate-x-1/2 flex-col rounded-lg border border-line bg-raised shadow-[var(--shadow-pop)]`}
        >
          <header className="flex items-center border-b border-line py-2.5 pr-2.5 pl-4">
            <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="ml-auto inline-flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover"
            >
              <X size={15} />
            </Dialog.Close>
          </header>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
