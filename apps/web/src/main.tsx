document.title = 'Castellan';
