// Pagefind's own field and list, asked for what the header's form sent.
const search = new PagefindUI({ element: "#search", showSubResults: false });
const query = new URLSearchParams(location.search).get("q");
if (query) search.triggerSearch(query);
