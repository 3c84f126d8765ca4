variable "name" {
  description = "Prefix of alarms and name of the dashboard."
  type        = string
}

variable "functions" {
  description = "Names of the functions, by what they do."
  type        = map(string)
}

variable "queues" {
  description = "Names of the queues and their dead-letter queues, by what they carry."
  type        = map(object({ name = string, dead_letters_name = string, max_age_seconds = number }))
}

variable "api_id" {
  description = "Id of the API."
  type        = string
}

variable "alarm_topic_arns" {
  description = "SNS topics that hear of alarms."
  type        = list(string)
}
