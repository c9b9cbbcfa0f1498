// Copies an address (a feed, an invitation) and says so.

/** Show the button of each `data-copy` block and make it work. */
export function enhanceCopies(root = document) {
  if (!navigator.clipboard) {
    return; // the address stays selectable
  }
  for (const block of root.querySelectorAll("[data-copy]")) {
    const button = block.querySelector("[data-copy-button]");
    const said = block.querySelector("[data-copy-said]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("code").textContent.trim());
      said.textContent = said.dataset.copySaid;
    });
  }
}
