variable "name" {
  description = "Name of the function and of its role."
  type        = string
}

variable "handler" {
  description = "Class that Lambda calls."
  type        = string
}

variable "package" {
  description = "Path of its zip."
  type        = string
}

variable "runtime" {
  description = "java21, or java25 with a provider that knows it."
  type        = string
}

variable "architecture" {
  description = "arm64 or x86_64, as the zip was built for."
  type        = string
}

variable "memory_mb" {
  description = "Memory, and processor with it."
  type        = number
}

variable "timeout_seconds" {
  description = "When Lambda ends a call."
  type        = number
}

variable "reserved_concurrency" {
  description = "At most so many at a time; -1 for no limit."
  type        = number
}

variable "environment" {
  description = "Its variables."
  type        = map(string)
}

variable "statements" {
  description = "What its role may do beside writing its log."
  type        = any
}

variable "queues" {
  description = "ARNs of the queues that it works on."
  type        = map(string)
  default     = {}
}

variable "streams" {
  description = "ARNs of the table streams that it works on."
  type        = map(string)
  default     = {}
}

variable "stream_filter" {
  description = "Pattern of the records of a stream that it is called for; all if null."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long its log is kept."
  type        = number
}
