<?php
// sabre/vobject (Nextcloud, Baïkal): php sabre.php FILE → {events: {uid: {start, end, summary, status, sequence}}, messages: []}
foreach (['Sabre/VObject/includes.php', 'Sabre/VObject/autoload.php'] as $door) {
    if (stream_resolve_include_path($door)) {
        require_once $door;
        break;
    }
}
error_reporting(E_ALL & ~E_DEPRECATED);
$root = Sabre\VObject\Reader::read(file_get_contents($argv[1]));
$told = function ($property) {
    if (!$property) {
        return null;
    }
    if (!$property->hasTime()) {
        return $property->getDateTime()->format('Y-m-d');
    }
    $moment = clone $property->getDateTime();
    return $moment->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s\Z');
};
$events = [];
foreach ($root->select('VEVENT') as $event) {
    $events[(string) $event->UID] = [
        'start' => $told($event->DTSTART),
        'end' => $told($event->DTEND),
        'summary' => (string) $event->SUMMARY,
        'status' => (string) $event->STATUS,
        'sequence' => (int) (string) $event->SEQUENCE,
    ];
}
$messages = array_map(fn($one) => $one['message'], $root->validate());
echo json_encode(['events' => $events, 'messages' => $messages]);
