"""Creating a committee by the book: régie or association, the five steps, the papers, the delegations it acts under."""
