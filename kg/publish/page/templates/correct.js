// Where a thing or a claim is corrected: on the page of the server that takes corrections, if it does.
function correctLink(way, id) {
  return data.review && id ? make('a', {class: 'correct', href: '/review?' + way + '=' + encodeURIComponent(id)}, say('correct')) : '';
}

function startCorrect() {
  if (data.review) byId('pages').append(make('a', {href: '/review', 'data-word': 'review'}, say('review')));
}
