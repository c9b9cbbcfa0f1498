/* libical (Evolution, KOrganizer): cc libical.c -o libical -lical && ./libical FILE → one line an event: uid TAB start TAB end */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void tell(icalcomponent *root, icalproperty *property, struct icaltimetype moment)
{
    char text[32];
    if (property == NULL) { printf("\t-"); return; }
    if (moment.is_date) { printf("\t%04d-%02d-%02d", moment.year, moment.month, moment.day); return; }
    const char *name = icalproperty_get_parameter_as_string(property, "TZID");
    const icaltimezone *zone = name ? icalcomponent_get_timezone(root, name) : moment.zone;
    if (zone == NULL) { printf("\tfloating"); return; }
    time_t seconds = icaltime_as_timet_with_zone(moment, zone);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime(&seconds));
    printf("\t%s", text);
}

int main(int count, char **words)
{
    if (count != 2) return 2;
    FILE *file = fopen(words[1], "rb");
    if (file == NULL) return 2;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size) return 2;
    text[size] = 0;
    fclose(file);
    icalcomponent *root = icalparser_parse_string(text);
    if (root == NULL) return 3;
    if (icalcomponent_count_errors(root) || !icalrestriction_check(root)) return 4;
    icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
    for (; event != NULL; event = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT)) {
        icalproperty *start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
        icalproperty *end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
        printf("%s", icalcomponent_get_uid(event));
        tell(root, start, start ? icalproperty_get_dtstart(start) : icaltime_null_time());
        tell(root, end, end ? icalproperty_get_dtend(end) : icaltime_null_time());
        printf("\n");
    }
    return 0;
}
