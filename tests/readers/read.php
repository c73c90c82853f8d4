<?php
// Reads feeds with sabre/vobject and its validator. As read.py.
// The library is older than PHP 8: what PHP finds old-fashioned in it is no complaint about a feed.
error_reporting(E_ALL & ~E_DEPRECATED);
set_error_handler(function ($level, $message) use (&$complaints) {
    if ($level & error_reporting()) {
        $complaints[] = $message;
    }
    return true;
});
require '/usr/share/php/Sabre/VObject/includes.php';

function written($property)
{
    $time = $property->getDateTime();
    if ($property->getDateType() === Sabre\VObject\Property\DateTime::DATE) {
        return $time->format('Y-m-d');
    }
    $time->setTimezone(new DateTimeZone('UTC'));
    return $time->format('Y-m-d\TH:i:s\Z');
}

// This version of the library leaves the escapes of commas and semicolons in a text as they are.
function text($property)
{
    return preg_replace('/\\\\([,;])/', '$1', (string) $property);
}

$feeds = [];
foreach (array_filter(explode("\n", stream_get_contents(STDIN))) as $path) {
    $complaints = [];
    $occurrences = [];
    try {
        $calendar = Sabre\VObject\Reader::read(file_get_contents($path));
        foreach ($calendar->validate() as $complaint) {
            $complaints[] = $complaint['message'];
        }
        $calendar->expand(new DateTime('1990-01-01'), new DateTime('2101-01-01'));
        foreach ($calendar->select('VEVENT') as $event) {
            $occurrences[] = [
                'uid' => (string) $event->UID,
                'start' => written($event->DTSTART),
                'end' => written($event->DTEND),
                'all_day' => $event->DTSTART->getDateType() === Sabre\VObject\Property\DateTime::DATE,
                'summary' => text($event->SUMMARY),
                'status' => (string) $event->STATUS,
            ];
        }
    } catch (Throwable $error) {
        $complaints[] = (string) $error;
    }
    $feeds[$path] = ['complaints' => $complaints, 'occurrences' => $occurrences];
}
echo json_encode(['version' => 'sabre/vobject ' . Sabre\VObject\Version::VERSION, 'feeds' => $feeds]);
