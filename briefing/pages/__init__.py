"""Views to pages: for each kind of page, what it is made from and what its template is given. Pure."""
